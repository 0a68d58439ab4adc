"""Limits that hold: uses of offers are claimed when a purchase is confirmed, and given back.

A use is a row a purchase and offer; what limits count stands in counters beside, only for the
limits that an offer has: models/counting.py says which. A change of limits counts the uses anew,
by the database's trigger; nobody has to call anything.

Both methods belong in the transaction that writes the purchase, one purchase a transaction. Locks
are taken in one order: of a kind of offers the offers by id (shared), uses that are there by
offer, then counters by offer, customer and period; and of several kinds DISCOUNTS first, then the
others as their sources were registered (pricing/sources.py). So two purchases wait for each other
and never in a circle. Who erases a customer keeps to it, too (erasure.py).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from customers.planned import execute, fetch_all, fetch_one
from promotions.limit_statements import (
    COUNT,
    EXCEEDED,
    FORGET,
    HOLD,
    MARK,
    SHARE,
    UNCOUNT,
    WRITE_USES,
    written,
)
from promotions.models import EVERYBODY, counting
from promotions.models.counting import Tables


@dataclass(frozen=True, slots=True)
class Given:
    """What an offer gave on a purchase, on all its lines together: 0 or more, money or points."""

    offer_id: int
    amount: Decimal


class Limited(Tables):
    """A kind of offers whose uses are counted."""

    __slots__ = ()

    @transaction.atomic
    def claim(
        self, *, purchase: str, customer_id: int | None, given: Sequence[Given], at: dt.datetime
    ) -> None:
        """Count what the offers gave, all or nothing. Four queries, or none for none.

        Raises LimitReachedError; ValueError if an offer is given twice. An offer that this
        purchase has claimed is not claimed again, also if it was given back since. Periods are
        those in which `at` is in the offer's zone. Whoever else uses the same limited offers waits
        until the transaction ends.
        """
        if not given:
            return
        if len({each.offer_id for each in given}) < len(given):
            raise ValueError("add up what an offer gave: it is claimed once a purchase")
        values: dict[str, Any] = {
            "purchase": purchase,
            "customer": EVERYBODY if customer_id is None else customer_id,
            "at": at,
            "offers": [each.offer_id for each in given],
            "amounts": [each.amount for each in given],
        }
        held = fetch_all(written(SHARE, self), values)
        for pk in sorted(set(values["offers"]).difference(pk for (pk,) in held)):
            raise LimitReachedError(self, pk, "gone")
        claimed = fetch_all(written(WRITE_USES, self), values)
        values["claimed"] = [pk for (pk,) in claimed]
        execute(written(COUNT, self), values)
        exceeded = fetch_one(written(EXCEEDED, self), values)
        if exceeded:
            raise LimitReachedError(self, *exceeded)

    @transaction.atomic
    def give_back(self, *, purchase: str, parts: Mapping[int, Decimal] | None = None) -> None:
        """The whole purchase was cancelled or returned: its uses count no more, now or again.

        `parts` is what a return of a part gave back, by offer: the use goes on counting, the
        amount does not. Each call adds to those before: what keeps a return from being counted
        twice is the return's own key. Raises ValueError, and does nothing, if a part is below 0 or
        more than what the purchase still has of that offer. Three queries, one if it has none.
        """
        with connection.cursor() as cursor:
            left = self._hold(cursor, purchase)
            back = left if parts is None else parts
            for pk, amount in back.items():
                if not 0 <= amount <= left.get(pk, -1):
                    raise ValueError(f"{purchase} can't give back {amount} of {self.offers} {pk}")
            if back:
                self._uncount(cursor, MARK, purchase, back, used=int(parts is None))

    @transaction.atomic
    def release(self, *, purchase: str) -> None:
        """What was claimed is not going to be bought: as if nobody had claimed it.

        No use of it is left, so that offers that nobody bought by can be deleted. Three queries,
        one if there are none.
        """
        with connection.cursor() as cursor:
            if left := self._hold(cursor, purchase):
                self._uncount(cursor, FORGET, purchase, left, used=1)

    def _hold(self, cursor: CursorWrapper, purchase: str) -> dict[int, Decimal]:
        """What the purchase still has, by offer."""
        cursor.execute(written(HOLD, self), {"purchase": purchase})
        return dict(cursor.fetchall())

    def _uncount(
        self,
        cursor: CursorWrapper,
        then: str,
        purchase: str,
        back: Mapping[int, Decimal],
        *,
        used: int,
    ) -> None:
        values: dict[str, Any] = {
            "purchase": purchase,
            "offers": list(back),
            "used": [used] * len(back),
            "spent": list(back.values()),
        }
        cursor.execute(written(UNCOUNT, self), values)
        cursor.execute(written(then, self), values)


DISCOUNTS = Limited(*counting.DISCOUNTS)


class LimitReachedError(Exception):
    """A use would exceed a limit of an offer of that kind.

    `limit` is total, budget, day, week, month or ever (the last four a customer's own), or
    unknown: of a customer's own limits where nobody knows who it is. An offer that was deleted
    meanwhile is gone.
    """

    def __init__(self, limited: Limited, offer_id: int, limit: str) -> None:
        super().__init__(f"{limited.offers} {offer_id}: {limit}")
        self.limited, self.offer_id, self.limit = limited, offer_id, limit
