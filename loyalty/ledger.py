"""A customer's cashback: what there is, what expires next, what happened; crediting and debiting.

A balance is what can be spent at `at`. What is pending, and what has expired by then and still
waits for the periodic task (loyalty/expiry.py), is not in it, though in the sum of the entries.
"""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from loyalty.members import ONE, SOME
from loyalty.models import LOT_DIGITS, Batch, Entry, Lot, Purchase, Purpose
from loyalty.plans import balances_sql, plan_for
from loyalty.posting import (
    PENDING,
    SPENDABLE,
    fetch,
    hold_accounts,
    open_lots,
    use_lots,
    write_entries,
)

LIMIT = Decimal(10) ** (LOT_DIGITS - 2)


class NotEnough(Exception):  # noqa: N818 an answer rather than a fault
    """More was to be taken than there is; nothing was."""

    def __init__(self, balance: Decimal) -> None:
        super().__init__(f"The balance is {balance}.")
        self.balance = balance


class Posted(NamedTuple):
    """What the balance changed by, and the entry that says so; None where nothing was taken."""

    entry_id: int | None
    amount: Decimal


class NextExpiry(NamedTuple):
    at: dt.datetime
    amount: Decimal


class Pending(NamedTuple):
    """What was credited but can't be spent yet, and how much of that opens first, and when."""

    amount: Decimal
    opens_at: dt.datetime
    opens: Decimal


def balance_of(customer_id: int, *, at: dt.datetime) -> Decimal:
    """One query."""
    return balances([customer_id], at=at)[customer_id]


def balances(customer_ids: Collection[int], *, at: dt.datetime) -> dict[int, Decimal]:
    """The balance of each, 0 for those who have no account. One query."""
    return dict(fetch(balances_sql(SOME), customers=list(customer_ids), at=at))


def next_expiry(customer_id: int, *, at: dt.datetime) -> NextExpiry | None:
    """When the next part of the balance expires, and how much that is. One query."""
    rows = fetch(
        "SELECT lot.expires_at, sum(lot.remaining) FROM loyalty_lot AS lot"
        " WHERE lot.customer_id = %(customer)s AND lot.remaining > 0"
        f" AND lot.expires_at IS NOT NULL AND {SPENDABLE} GROUP BY 1 ORDER BY 1 LIMIT 1",
        customer=customer_id,
        at=at,
    )
    return NextExpiry(*rows[0]) if rows else None


def pending_of(customer_id: int, *, at: dt.datetime) -> Pending | None:
    """What opens later than `at`; None if nothing does. One query."""
    rows = fetch(
        "SELECT sum(sum(lot.remaining)) OVER (), lot.opens_at, sum(lot.remaining)"
        " FROM loyalty_lot AS lot WHERE lot.customer_id = %(customer)s AND lot.remaining > 0"
        f" AND {PENDING} GROUP BY lot.opens_at ORDER BY lot.opens_at LIMIT 1",
        customer=customer_id,
        at=at,
    )
    return Pending(*rows[0]) if rows else None


def history(customer_id: int) -> QuerySet[Entry]:
    """The entries, the last first, each with the `comment` of its batch (None without one).

    `undoes` is the id of the batch that the entry takes back, `receipt` the number of the purchase
    that it is about, if any, and `public_id` what its page is called by; `opens_at` when what is
    left of it opens, or did. One query.
    """
    batch = Batch.objects.filter(pk=OuterRef("batch_id"))
    purchase = Purchase.objects.filter(customer_id=customer_id, id=OuterRef("purchase_id"))
    lot = Lot.objects.filter(customer_id=customer_id, entry_id=OuterRef("id"), remaining__gt=0)
    return (
        Entry.objects.filter(customer_id=customer_id)
        .annotate(
            comment=Subquery(batch.values("comment")),
            undoes=Subquery(batch.values("undo_of_id")),
            receipt=Subquery(purchase.values("receipt")),
            public_id=Subquery(purchase.values("public_id")),
            opens_at=Subquery(lot.values("opens_at")),
        )
        .order_by("-id")
    )


@transaction.atomic
def credit(
    *,
    customer_id: int,
    amount: Decimal,
    at: dt.datetime,
    purpose: Purpose = Purpose.ISSUED,
    expires_at: dt.datetime | None = None,
    batch: int | None = None,
) -> Posted:
    """Add to the balance. Three queries.

    Raises ValueError unless it is whole cents, above 0 and less than LIMIT.
    """
    plan = plan_for(customer_id, valid_amount(amount))
    write_entries(plan.source, purpose=purpose, at=at, batch=batch, **plan.values)
    open_lots(plan.source, expires_at=expires_at, **plan.values)
    return Posted(plan.entries[0], amount)


@transaction.atomic
def debit(
    *,
    customer_id: int,
    amount: Decimal,
    at: dt.datetime,
    purpose: Purpose = Purpose.REDEEMED,
    stops_at_zero: bool = False,
    batch: int | None = None,
) -> Posted:
    """Take from the balance, what expires soonest first. Six queries.

    Raises NotEnough if there is less, unless it `stops_at_zero`; ValueError as `credit`.
    """
    needed = valid_amount(amount)
    hold_accounts(ONE, customer=customer_id)
    balance = balance_of(customer_id, at=at)
    if balance < needed and not stops_at_zero:
        raise NotEnough(balance)
    if not (taken := min(needed, balance)):
        return Posted(None, taken)
    plan = plan_for(customer_id, -taken)
    write_entries(plan.source, purpose=purpose, at=at, batch=batch, **plan.values)
    use_lots(plan.source, at=at, **plan.values)
    return Posted(plan.entries[0], -taken)


def valid_amount(amount: Decimal) -> Decimal:
    """Raises ValueError unless it is whole cents, above 0 and less than LIMIT."""
    # The database would round what the lots can't be rounded by.
    if not (amount.is_finite() and 0 < amount < LIMIT and amount == round(amount, 2)):
        raise ValueError(f"{amount} is no amount to credit or debit")
    return amount
