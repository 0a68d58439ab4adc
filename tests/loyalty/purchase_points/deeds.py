"""Shared by the tests of points of purchases."""

from decimal import Decimal

from loyalty.ledger import balance_of, credit
from tests.factories import DAY, NOON

FIRST, SECOND = 1, 2  # purchases
OPENS = NOON + 14 * DAY


def gives(customer, amount, expires_at=None):
    credit(customer_id=customer.pk, amount=Decimal(amount), at=NOON, expires_at=expires_at)


def balance(customer, at=NOON):
    return balance_of(customer.pk, at=at)
