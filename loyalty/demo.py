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
    for days, amount in ((58, "12.40"), (44, "8.15"), (17, "21.90")):
        _earn(customer, amount, at - days * DAY)
    debit(customer_id=customer.pk, amount=Decimal("15.00"), at=at - 12 * DAY)
    for days, amount, expires, comment in (
        (30, "10.00", None, "Sorry that your parcel was late"),
        (3, "20.00", at + 9 * DAY, "A birthday gift from us"),
    ):
        adjust(
            customer=customer,
            mode=Batch.Mode.RELATIVE,
            amount=Decimal(amount),
            comment=comment,
            user=None,
            token=uuid.uuid4(),
            at=at - days * DAY,
            expires_at=expires,
        )


def _earn(customer: Customer, amount: str, at: dt.datetime) -> None:
    credit(customer_id=customer.pk, amount=Decimal(amount), at=at, expires_at=at + 365 * DAY)


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
