"""Limits that hold: uses of discounts are claimed when a purchase is confirmed, and given back.

A use is a row a purchase and discount; what limits count stands in counters beside (UseCounter),
only for the limits that a discount has: models/counting.py says which. A change of limits counts
the uses anew, by the database's trigger; nobody has to call anything.

Both functions belong in the transaction that writes the purchase, one purchase a transaction.
Locks are taken in one order: discounts by id (shared), uses that are there by discount, then
counters by discount, customer and period, so that two purchases wait for each other and never in a
circle. Who erases a customer keeps to it, too (erasure.py).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from promotions.models import EVERYBODY
from promotions.models.counting import counters

COUNTERS = counters("discount")

SHARE = """
    SELECT id FROM promotions_discount WHERE id = ANY(%(discounts)s) ORDER BY id FOR KEY SHARE
"""
# Waits for another claim of the same purchase.
WRITE_USES = """
    INSERT INTO promotions_use (customer_id, discount_id, purchase, at, amount)
    SELECT %(customer)s, discount_id, %(purchase)s, %(at)s, amount
    FROM unnest(%(discounts)s::int[], %(amounts)s::numeric[]) AS given (discount_id, amount)
    ORDER BY discount_id
    ON CONFLICT DO NOTHING RETURNING discount_id -- the primary key may be the first to conflict
"""
CLAIMED = """
    promotions_use AS use JOIN promotions_discount AS discount ON discount.id = use.discount_id
"""
COUNT = f"""
    INSERT INTO promotions_usecounter AS counter
        (customer_id, discount_id, period, since, used, spent)
    SELECT counted.customer_id, discount.id, counted.period, counted.since, 1, use.amount
    FROM {CLAIMED} CROSS JOIN LATERAL {COUNTERS} AS counted
    WHERE use.purchase = %(purchase)s AND use.discount_id = ANY(%(claimed)s)
    ORDER BY 2, 1, 3
    ON CONFLICT (customer_id, discount_id, period, since)
    DO UPDATE SET used = counter.used + 1, spent = counter.spent + EXCLUDED.spent
"""
EXCEEDED = f"""
    SELECT id, reached FROM (
        SELECT discount.id, CASE
            WHEN counted.customer_id = {EVERYBODY} AND counter.used > discount.most_uses
                THEN 'total'
            WHEN counted.customer_id = {EVERYBODY} AND counter.spent > discount.budget
                THEN 'budget'
            WHEN use.customer_id = {EVERYBODY} AND num_nonnulls(discount.most_a_day,
                discount.most_a_week, discount.most_a_month, discount.most_a_customer) > 0
                THEN 'unknown'
            WHEN counted.customer_id <> {EVERYBODY} AND counter.used > CASE counted.period
                WHEN 'day' THEN discount.most_a_day WHEN 'week' THEN discount.most_a_week
                WHEN 'month' THEN discount.most_a_month ELSE discount.most_a_customer END
                THEN counted.period
            END AS reached
        FROM {CLAIMED} LEFT JOIN LATERAL {COUNTERS} AS counted ON true
        LEFT JOIN promotions_usecounter AS counter
            ON (counter.customer_id, counter.discount_id, counter.period, counter.since)
            = (counted.customer_id, discount.id, counted.period, counted.since)
        WHERE use.purchase = %(purchase)s AND use.discount_id = ANY(%(claimed)s)
    ) AS found WHERE reached IS NOT NULL ORDER BY id, reached LIMIT 1
"""

HOLD = """
    SELECT use.discount_id, use.amount - use.returned
    FROM promotions_use AS use JOIN promotions_discount AS discount ON discount.id = use.discount_id
    WHERE use.purchase = %(purchase)s AND NOT use.is_given_back
    ORDER BY use.discount_id FOR UPDATE OF use FOR KEY SHARE OF discount
"""
# `back` says what to take from the counters of each use.
UNCOUNT = f"""
    WITH change AS (
        SELECT counted.customer_id, discount.id AS discount_id, counted.period, counted.since,
            back.used, back.spent
        FROM {CLAIMED} JOIN unnest(%(discounts)s::int[], %(used)s::int[], %(spent)s::numeric[])
            AS back (discount_id, used, spent) ON back.discount_id = discount.id
        CROSS JOIN LATERAL {COUNTERS} AS counted
        WHERE use.purchase = %(purchase)s
    ), held AS (
        SELECT counter.customer_id, counter.discount_id, counter.period, counter.since
        FROM promotions_usecounter AS counter
        JOIN change USING (customer_id, discount_id, period, since)
        ORDER BY 2, 1, 3 FOR UPDATE OF counter
    )
    UPDATE promotions_usecounter AS counter
    SET used = counter.used - change.used, spent = counter.spent - change.spent
    FROM change JOIN held USING (customer_id, discount_id, period, since)
    WHERE (counter.customer_id, counter.discount_id, counter.period, counter.since)
        = (held.customer_id, held.discount_id, held.period, held.since)
"""
MARK = """
    UPDATE promotions_use AS use
    SET is_given_back = use.is_given_back OR back.used > 0,
        returned = use.returned + CASE WHEN back.used > 0 THEN 0 ELSE back.spent END
    FROM unnest(%(discounts)s::int[], %(used)s::int[], %(spent)s::numeric[])
        AS back (discount_id, used, spent)
    WHERE use.purchase = %(purchase)s AND use.discount_id = back.discount_id
"""


@dataclass(frozen=True, slots=True)
class Given:
    """What a discount gave on a purchase, on all its lines together: 0 or more."""

    discount_id: int
    amount: Decimal


class LimitReachedError(Exception):
    """A use would exceed a limit of a discount.

    `limit` is total, budget, day, week, month or ever (the last four a customer's own), or
    unknown: of a customer's own limits where nobody knows who it is. A discount that was deleted
    meanwhile is gone.
    """

    def __init__(self, discount_id: int, limit: str) -> None:
        super().__init__(f"discount {discount_id}: {limit}")
        self.discount_id, self.limit = discount_id, limit


@transaction.atomic
def claim(
    *, purchase: str, customer_id: int | None, given: Sequence[Given], at: dt.datetime
) -> None:
    """Count what the discounts gave, all or nothing. Four queries, however many.

    Raises LimitReachedError; ValueError if a discount is given twice. A discount that this
    purchase has claimed is not claimed again, also if it was given back since. Periods are those in
    which `at` is in the discount's zone. Whoever else uses the same limited discounts waits until
    the transaction ends.
    """
    if len({each.discount_id for each in given}) < len(given):
        raise ValueError("add up what a discount gave: it is claimed once a purchase")
    values: dict[str, Any] = {
        "purchase": purchase,
        "customer": EVERYBODY if customer_id is None else customer_id,
        "at": at,
        "discounts": [each.discount_id for each in given],
        "amounts": [each.amount for each in given],
    }
    with connection.cursor() as cursor:
        cursor.execute(SHARE, values)
        for pk in sorted(set(values["discounts"]).difference(pk for (pk,) in cursor.fetchall())):
            raise LimitReachedError(pk, "gone")
        cursor.execute(WRITE_USES, values)
        values["claimed"] = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(COUNT, values)
        cursor.execute(EXCEEDED, values)
        exceeded = cursor.fetchone()
    if exceeded:
        raise LimitReachedError(*exceeded)


@transaction.atomic
def give_back(*, purchase: str, parts: Mapping[int, Decimal] | None = None) -> None:
    """The whole purchase was cancelled or returned: its uses count no more, now or again.

    `parts` is money that a return of a part gave back, by discount: the use goes on counting,
    the money does not. Each call adds to those before: what keeps a return from being counted
    twice is the return's own key. Raises ValueError, and does nothing, if a part is below 0 or
    more than what the purchase still has of that discount. Three queries.
    """
    with connection.cursor() as cursor:
        cursor.execute(HOLD, {"purchase": purchase})
        left: dict[int, Decimal] = dict(cursor.fetchall())
        back = left if parts is None else parts
        for pk, amount in back.items():
            if not 0 <= amount <= left.get(pk, -1):
                raise ValueError(f"{purchase} can't give back {amount} of discount {pk}")
        values: dict[str, Any] = {
            "purchase": purchase,
            "discounts": list(back),
            "used": [int(parts is None)] * len(back),
            "spent": list(back.values()),
        }
        cursor.execute(UNCOUNT, values)
        cursor.execute(MARK, values)
