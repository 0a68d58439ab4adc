"""Purchases from the database: found and held by their receipt, read with their returns."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from customers.planned import fetch_one
from customers.references import declare
from loyalty.batches import hold_customer
from loyalty.models import Purchase, PurchaseLine, Return, ReturnedLine
from loyalty.posting import fetch
from loyalty.purchases.drafts import Draft
from loyalty.purchases.refusals import Refusal
from loyalty.purchases.shares import Step
from promotions.pricing.asked import UNWRITABLE, BasketError

declare("loyalty_purchase", "customer_id")
declare("loyalty_heldquote", "customer_id")

PARTS = ("payable", "discount", "points_earned", "points_spent")
"""The sums of which a return has its part."""
NOT_TAKEN = ("points_expired", "points_missing")
"""Of points earned, what was not there any more when they were to be taken back."""


@dataclass
class Returned:
    """A return with its lines."""

    row: Return
    lines: list[ReturnedLine]


@dataclass
class Record:
    """All that is known of a purchase."""

    purchase: Purchase
    lines: list[PurchaseLine]
    returns: list[Returned] = field(default_factory=list)
    points_open_at: dt.datetime | None = None
    points_expired: Decimal = Decimal(0)
    """Earned, and expired before they could be taken back."""
    points_missing: Decimal = Decimal(0)
    """Earned, and spent before they could be taken back."""

    def step(self, line: PurchaseLine, now: Decimal = Decimal(0)) -> Step:
        """So many units of the line, after what came back before."""
        return Step(self.came_back[line.number], now, line.quantity)

    @cached_property
    def came_back(self) -> Mapping[int, Decimal]:
        """Units by the lines' numbers; added up once, as there may be many lines and returns."""
        units: dict[int, Decimal] = defaultdict(Decimal)
        for each in self.returns:
            for part in each.lines:
                units[part.number] += part.quantity
        return units


IS_THERE = "SELECT id FROM loyalty_purchase WHERE receipt = %s::varchar"
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%(receipt)s, 0))"


def lock(receipt: str) -> None:
    """Until the transaction ends, whoever else confirms this receipt waits. One query.

    It has no row yet that could be held.
    """
    fetch_one(LOCK, {"receipt": receipt})


def hold_whose(draft: Draft) -> None:
    """Who is being erased waits until it is written, or is gone: BasketError. One query."""
    customer = draft.purchase.customer_id
    if customer and not hold_customer(customer):
        raise BasketError("unknown_customer", "There is no such customer.")


def find(receipt: str) -> Purchase | None:
    """One query, planned once, for what is not there: nearly always; two for what is."""
    return _by(receipt).first() if fetch_one(IS_THERE, [receipt]) else None


def found(receipt: str) -> Purchase:
    """One query. Raises Refusal."""
    return _or_refused(_by(receipt))


def hold(receipt: str) -> Purchase:
    """The same; until the transaction ends nobody else cancels or returns it."""
    return _or_refused(_by(receipt).select_for_update(of=("self",)))


def _by(receipt: str) -> QuerySet[Purchase]:
    purchases = Purchase.objects.select_related("point_of_sale")
    return purchases.none() if UNWRITABLE.search(receipt) else purchases.filter(receipt=receipt)


def _or_refused(purchases: QuerySet[Purchase]) -> Purchase:
    purchase = purchases.first()
    if purchase is None:
        raise Refusal("unknown_purchase", "There is no purchase with this receipt.")
    return purchase


def read(purchase: Purchase) -> Record:
    """All of it. Three queries, one more with returns, and one with points earned."""
    whose = {"customer_id": purchase.customer_id, "purchase_id": purchase.id}
    lines = list(PurchaseLine.objects.filter(**whose).order_by("number"))
    record = Record(purchase, lines, _returns(whose))
    if purchase.points_earned:
        ((record.points_open_at, taken),) = fetch(POINTS, **whose)
        if purchase.cancelled_at:
            record.points_missing = purchase.points_missing
            record.points_expired = purchase.points_earned - taken - purchase.points_missing
    record.points_missing += sum(each.row.points_missing for each in record.returns)
    record.points_expired += sum(each.row.points_expired for each in record.returns)
    return record


def returns_of(purchases: Sequence[Purchase]) -> Mapping[int, list[Return]]:
    """Without their lines, by purchase. One query."""
    found: dict[int, list[Return]] = defaultdict(list)
    whose = {each.customer_id for each in purchases}
    ids = [each.id for each in purchases]
    for each in Return.objects.filter(customer_id__in=whose, purchase_id__in=ids):
        found[each.purchase_id].append(each)
    return found


def _returns(whose: dict[str, Any]) -> list[Returned]:
    rows = list(Return.objects.filter(**whose).order_by("id"))
    if not rows:
        return []
    lines = defaultdict(list)
    returned = ReturnedLine.objects.filter(
        customer_id=whose["customer_id"], return_id__in=[row.id for row in rows]
    )
    for line in returned.order_by("number"):
        lines[line.return_id].append(line)
    return [Returned(row, lines[row.id]) for row in rows]


POINTS = """
    SELECT (
        SELECT lot.opens_at FROM loyalty_entry AS entry JOIN loyalty_lot AS lot
            ON lot.customer_id = entry.customer_id AND lot.entry_id = entry.id
        WHERE entry.customer_id = %(customer_id)s AND entry.purchase_id = %(purchase_id)s
            AND entry.purpose = 'issued'
    ), (
        SELECT coalesce(-sum(amount), 0) FROM loyalty_entry
        WHERE customer_id = %(customer_id)s AND purchase_id = %(purchase_id)s
            AND purpose = 'returned' AND amount < 0
    )
"""
