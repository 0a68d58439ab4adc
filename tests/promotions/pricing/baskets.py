"""Baskets as tills ask about them."""

import datetime as dt
from decimal import Decimal

from customers.models import Customer
from promotions.models import PointOfSale, Product
from promotions.pricing.asked import AskedBasket, AskedLine
from promotions.pricing.quoting import quote_basket
from tests.factories import NOON

Sold = tuple[Product | str, int | str, int | str]
"""A product or its code, the quantity and the unit price."""


def make_basket(place: PointOfSale | str, *sold: Sold, points: str = "0") -> AskedBasket:
    """Lines called 1, 2, 3 …"""
    return AskedBasket(
        getattr(place, "key", place),
        tuple(
            AskedLine(
                str(number), getattr(product, "external_id", product), Decimal(many), Decimal(price)
            )
            for number, (product, many, price) in enumerate(sold, 1)
        ),
        Decimal(points),
    )


def off(asked: AskedBasket, customer: Customer | None = None, at: dt.datetime = NOON) -> Decimal:
    """The discount on the basket."""
    priced = quote_basket(asked, customer_id=customer and customer.pk, at=at)
    return priced.quote.discount
