"""Purchases as tills make them: confirmed, cancelled and returned by the product's own ways."""

import datetime as dt
import itertools
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from customers.models import Customer
from loyalty.ledger import credit
from loyalty.models import Purchase
from loyalty.purchases import cancelling, confirming, returning
from loyalty.purchases.orders import Order
from loyalty.purchases.records import Record
from loyalty.purchases.refusals import Refusal
from loyalty.purchases.returning import Taken
from promotions.models import PointOfSale
from promotions.pricing.asked import AskedBasket, AskedLine, BasketError
from tests.factories import DAY, NOON
from tests.promotions.factories import make_point_of_sale

numbers = itertools.count(1)
Line = tuple[str, str, str]
"""Product, quantity, unit price; the lines' ids are 1, 2, …"""
TWO_AT_TEN: Line = ("SKU", "2", "10.00")


def make_order(
    *lines: Line,
    customer: Customer | None = None,
    place: PointOfSale | str | None = None,
    points: int | str = 0,
    at: dt.datetime | None = None,
) -> Order:
    """Two pieces at 10.00, by nobody known, at a point of sale of its own, unless told otherwise.

    `points` are to be spent.
    """
    asked = tuple(
        AskedLine(str(number), product, Decimal(quantity), Decimal(price))
        for number, (product, quantity, price) in enumerate(lines or (TWO_AT_TEN,), 1)
    )
    where = place if isinstance(place, str) else (place or make_point_of_sale()).key
    basket = AskedBasket(where, asked, Decimal(points))
    return Order(basket, ("id", customer.pk if customer else None), at)


def confirmed(receipt: str, order: Order, *, at: dt.datetime = NOON, **fields: Any) -> Record:
    return confirming.confirm(receipt=receipt, order=order, at=at, **fields).record


def code_or(deed: Callable[[], Any]) -> Any:
    """What came of it, or why it was refused."""
    try:
        return deed()
    except (BasketError, Refusal) as refusal:
        return refusal.code


def refused(receipt: str, order: Order, **fields: Any) -> str:
    """Why it is not confirmed."""
    with pytest.raises((BasketError, Refusal)) as caught:
        confirmed(receipt, order, **fields)
    return caught.value.code


def make_purchase(
    *lines: Line, receipt: str = "", now: dt.datetime = NOON, **fields: Any
) -> Purchase:
    """Confirmed at `now`; all else as `make_order` says."""
    name = receipt or f"Receipt {next(numbers)}"
    return confirmed(name, make_order(*lines, **fields), at=now).purchase


def cancelled(receipt: str, *, at: dt.datetime = NOON) -> Record:
    return cancelling.cancel(receipt=receipt, cancelled_at=None, at=at)


def returned(
    receipt: str, key: str = "", *, at: dt.datetime = NOON, **quantities: int | str
) -> Taken:
    """So much of each line, named as in `returned("R1", line1=2)`; all that is left without."""
    lines = [
        returning.Asked(line.removeprefix("line"), Decimal(quantity))
        for line, quantity in quantities.items()
    ]
    request = returning.Request(key or f"Return {next(numbers)}", lines or None)
    return returning.take(receipt=receipt, request=request, at=at)


def give_points(customer: Customer, points: int | str) -> None:
    """That never expire and can be spent."""
    credit(customer_id=customer.pk, amount=Decimal(points), at=NOON - DAY)
