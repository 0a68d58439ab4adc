"""Cashback for the demo: what Anna was given before, and a group that was given some."""

import datetime as dt
import uuid
from decimal import Decimal

from customers.models import Customer, CustomerGroup
from loyalty.batches import adjust, begin
from loyalty.ledger import credit
from loyalty.models import Batch

DAY = dt.timedelta(days=1)
GIVEN = Decimal("5.00")


def earn(customer: Customer, amount: str, *, at: dt.datetime) -> None:
    """Something from before there were receipts, for a year."""
    credit(customer_id=customer.pk, amount=Decimal(amount), at=at, expires_at=at + 365 * DAY)


def give(
    customer: Customer,
    amount: str,
    comment: str,
    *,
    at: dt.datetime,
    days: int | None = None,
) -> None:
    """By staff, for this reason; for so many days."""
    adjust(
        customer=customer,
        mode=Batch.Mode.RELATIVE,
        amount=Decimal(amount),
        comment=comment,
        user=None,
        token=uuid.uuid4(),
        at=at,
        expires_at=at + days * DAY if days else None,
    )


def give_to_group(group: CustomerGroup, *, at: dt.datetime) -> None:
    """A batch that waits for the worker."""
    begin(
        group=group,
        mode=Batch.Mode.RELATIVE,
        amount=GIVEN,
        comment="Thank you for testing",
        user=None,
        token=uuid.uuid4(),
        at=at,
    )
