"""Purchases of the demo, confirmed as tills do: all that is priced is priced by the product."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from customers.demo import external_id
from loyalty.purchases import confirming
from loyalty.purchases.orders import Order
from promotions.models import Product
from promotions.pricing.asked import AskedBasket, AskedLine

Goods = Mapping[str, str]
"""How much of each product, by ID."""


class Bought(NamedTuple):
    days: int
    """Before the demo's own day."""
    number: int
    """Of the customer."""
    place: str
    goods: Goods
    points: str = "0"
    """To spend."""

    @property
    def receipt(self) -> str:
        return f"{self.place}-{10_000 - 100 * self.days + self.number}"


# By place: what others have in their baskets.
BASKETS: dict[str, list[Goods]] = {
    "P1": [
        {"FRU-1001": "1.250", "DAI-1101": "2", "BAK-1201": "1"},
        {"VEG-1011": "0.800", "DAI-1104": "1", "WAT-1611": "6"},
        {"CAR-55109": "1", "CAC-5604": "1", "COF-1501": "1"},
    ],
    "P2": [
        {"PIZ-1401": "2", "JUI-1601": "1"},
        {"STA-3001": "5", "STA-3003": "1", "BAG-3104": "1"},
        {"CAK-1302": "1", "COF-1502": "2"},
    ],
    "P4": [
        {"LIP-6001": "2", "EYE-6101": "1"},
        {"EYE-6102": "1", "SKI-6201": "1", "LIP-6003": "1"},
        {"HAN-6302": "1", "PUR-6402": "1"},
    ],
}
OTHERS = range(2, 14)


def by_others(numbers: range) -> Iterator[Bought]:
    """One purchase of each of the first customers among these numbers."""
    for number in OTHERS:
        if number in numbers:
            place = list(BASKETS)[number % len(BASKETS)]
            goods = BASKETS[place][number // 3 % len(BASKETS[place])]
            yield Bought(2 * number, number, place, goods)


def confirm(bought: Bought, *, at: dt.datetime) -> None:
    """At the catalogue's prices."""
    prices = dict(
        Product.objects.filter(external_id__in=bought.goods).values_list("external_id", "price")
    )
    lines = tuple(
        AskedLine(str(place), sku, Decimal(quantity), prices[sku])
        for place, (sku, quantity) in enumerate(bought.goods.items(), 1)
    )
    basket = AskedBasket(bought.place, lines, Decimal(bought.points))
    order = Order(basket, ("external_id", external_id(bought.number)))
    confirming.confirm(receipt=bought.receipt, order=order, at=at)
