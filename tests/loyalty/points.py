"""Points of purchases as the ledger's tests earn, spend and return them."""

import datetime as dt
from decimal import Decimal

from customers.models import Customer
from loyalty.models import Entry, Purchase
from loyalty.purchase_points import NotTaken, earn, give_back, spend, take_back
from tests.factories import NOON
from tests.promotions.factories import make_point_of_sale


def bought(customer: Customer, receipt: str) -> int:
    """A purchase of that receipt, without lines or points; its id."""
    return Purchase.objects.create(
        customer_id=customer.pk,
        receipt=receipt,
        body_hash=b"",
        point_of_sale=make_point_of_sale(),
        currency="EUR",
        at=NOON,
        confirmed_at=NOON,
        total=0,
        discount=0,
        payable=0,
        points_earned=0,
        points_spent=0,
    ).id


def earned(
    customer: Customer,
    purchase: int,
    points: int | str,
    *,
    opens_at: dt.datetime | None,
    expires_at: dt.datetime | None = None,
    at: dt.datetime = NOON,
) -> None:
    earn(
        customer_id=customer.pk,
        purchase_id=purchase,
        points=Decimal(points),
        opens_at=opens_at,
        expires_at=expires_at,
        at=at,
    )


def spent(customer: Customer, purchase: int, points: int | str, at: dt.datetime = NOON) -> None:
    spend(customer_id=customer.pk, purchase_id=purchase, points=Decimal(points), at=at)


def taken_back(
    customer: Customer, purchase: int, points: int | str, at: dt.datetime = NOON
) -> Decimal:
    """What is missing."""
    return not_taken(customer, purchase, points, at).missing


def not_taken(
    customer: Customer,
    purchase: int,
    points: int | str,
    at: dt.datetime = NOON,
    *,
    left: Decimal | None = None,
    expired: int | Decimal = 0,
) -> NotTaken:
    """`left` is all that was earned, unless told otherwise."""
    own = Entry.objects.filter(customer_id=customer.pk, purchase_id=purchase, purpose="issued")
    return take_back(
        customer_id=customer.pk,
        purchase_id=purchase,
        points=Decimal(points),
        at=at,
        left=sum(own.values_list("amount", flat=True)) if left is None else left,
        expired=Decimal(expired),
    )


def given_back(
    customer: Customer,
    purchase: int,
    points: int | str,
    at: dt.datetime = NOON,
    expires_at: dt.datetime | None = None,
) -> None:
    give_back(
        customer_id=customer.pk,
        purchase_id=purchase,
        points=Decimal(points),
        expires_at=expires_at,
        at=at,
    )
