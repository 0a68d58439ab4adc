"""Cashback for the demo: a customer with a history, and a group that was given some."""

import datetime as dt
import uuid
from decimal import Decimal

from customers.models import Customer, CustomerGroup
from loyalty.batches import adjust, begin
from loyalty.ledger import credit, debit
from loyalty.models import Batch

DAY = dt.timedelta(days=1)
GIVEN = Decimal("5.00")


def give_history(customer: Customer, *, at: dt.datetime) -> None:
    """Weeks of it: earned, spent, given for reasons, some of it to expire soon."""
    _earn(customer, "12.40", at - 58 * DAY)
    _earn(customer, "8.15", at - 44 * DAY)
    _give(customer, "10.00", "Sorry that your parcel was late", at - 30 * DAY)
    _earn(customer, "21.90", at - 17 * DAY)
    debit(customer_id=customer.pk, amount=Decimal("15.00"), at=at - 12 * DAY)
    _give(customer, "20.00", "A birthday gift from us", at - 3 * DAY, expires_at=at + 9 * DAY)


def _earn(customer: Customer, amount: str, at: dt.datetime) -> None:
    credit(customer_id=customer.pk, amount=Decimal(amount), at=at, expires_at=at + 365 * DAY)


def _give(
    customer: Customer,
    amount: str,
    comment: str,
    at: dt.datetime,
    expires_at: dt.datetime | None = None,
) -> None:
    adjust(
        customer=customer,
        mode=Batch.Mode.RELATIVE,
        amount=Decimal(amount),
        comment=comment,
        user=None,
        token=uuid.uuid4(),
        at=at,
        expires_at=expires_at,
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
