"""Offers and baskets for the engine's benchmark: a shop of 5,000 products, drawn anew by seed.

Baskets are filled from one aisle, 150 products of twelve categories. Dense offers name goods of
that aisle, so that most could apply to a basket; sparse ones name goods of the whole shop, of which
few could; absent ones name goods of all other aisles, so that none could.
"""

import datetime as dt
import random
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Any

from promotions.engine import (
    Basket,
    Condition,
    Goods,
    Kind,
    Line,
    OrderAmount,
    Product,
    ProductSet,
    Rule,
    Scope,
    Shopper,
    Stacking,
    Times,
)

NOON = dt.datetime(2026, 6, 15, 12, 0, tzinfo=dt.UTC)
START, END = NOON - dt.timedelta(days=30), NOON + dt.timedelta(days=30)
PRODUCTS, CATEGORIES, GROUPS = 5000, 400, 200
AISLE = 12  # categories, of which a basket's products are
DEPARTMENT = CATEGORIES + 1  # ids of departments: each is above forty categories
SHOPPER = Shopper(audiences=frozenset({1, 2, 3}))


class Density(StrEnum):
    SPARSE = "sparse"
    DENSE = "dense"
    ABSENT = "absent"


def category_of(product: int) -> int:
    return product % CATEGORIES


def product(number: int) -> Product:
    category = category_of(number)
    return Product(
        id=number,
        categories=(category, DEPARTMENT + category // 40),
        groups=(number % GROUPS,),
    )


def price_of(number: int) -> Decimal:
    """Whole and from 2 to 81, so that percentages of five are exact in any way to round."""
    return Decimal(2 + number * 7 % 80)


def aisle() -> list[int]:
    return [number for number in range(PRODUCTS) if category_of(number) < AISLE]


def baskets(number: int, lines: int = 20, seed: int = 1) -> list[Basket]:
    """Of each basket one line is weighed; the others are one to four units."""
    rng = random.Random(seed)
    return [_basket(rng, lines) for _ in range(number)]


def _basket(rng: random.Random, lines: int) -> Basket:
    chosen = rng.sample(aisle(), lines)
    quantities = [Decimal("1.342"), *(Decimal(rng.choice((1, 1, 1, 2, 2, 3, 4))) for _ in chosen)]
    return Basket(
        lines=tuple(
            Line(str(place), product(number), quantities[place], price_of(number))
            for place, number in enumerate(chosen)
        ),
        point_of_sale=1,
    )


def rules(number: int, density: Density, *, first: int = 1, seed: int = 2) -> list[Rule]:
    rng = random.Random(f"{seed} {density}")
    return [_rule(rng, id_, density) for id_ in range(first, first + number)]


def _rule(rng: random.Random, id_: int, density: Density) -> Rule:
    """Of a hundred offers 18 have product sets, 2 are on the receipt, 80 are plain; 3 combine."""
    stacking = rng.choices(list(Stacking), (30, 965, 5))[0]
    common: dict[str, Any] = {
        "id": id_,
        "start": START,
        "end": END,
        "currency": "EUR",
        "stacking": stacking,
        "priority": rng.choice((50, 100, 100, 100, 150)),
        "audiences": frozenset(rng.sample(range(1, 9), 2)) if rng.random() < 0.1 else frozenset(),
        "conditions": tuple(_conditions(rng)),
    }
    what = rng.choices(("plain", "sets", "receipt"), (80, 18, 2))[0]
    # One on the receipt could always apply.
    if what == "receipt" and density is not Density.ABSENT:
        return _on_receipt(rng, common)
    kind = rng.choices(list(Kind), (60, 22, 18))[0]
    if what == "sets":
        return Rule(kind=kind, value=_value(rng, kind), sets=_sets(rng, density), **common)
    units = rng.randint(1, 3) if rng.random() < 0.1 else None
    scope = Scope.LINES if units is None and rng.random() < 0.1 else Scope.UNITS
    goods = _goods(rng, density)
    return Rule(kind=kind, value=_value(rng, kind), goods=goods, units=units, scope=scope, **common)


def _on_receipt(rng: random.Random, common: dict[str, Any]) -> Rule:
    common["conditions"] = (OrderAmount(Decimal(rng.randrange(50, 2000, 50))),)
    kind = rng.choice((Kind.PERCENTAGE, Kind.AMOUNT))
    return Rule(kind=kind, value=Decimal(5), scope=Scope.RECEIPT, **common)


VALUES = {
    Kind.PERCENTAGE: (5, 10, 15, 20, 25, 30, 50),
    Kind.AMOUNT: (1, 2, 5),
    Kind.FIXED_PRICE: (10, 20, 30),
}


def _value(rng: random.Random, kind: Kind) -> Decimal:
    return Decimal(rng.choice(VALUES[kind]))


def _conditions(rng: random.Random) -> Iterable[Condition]:
    if rng.random() < 0.08:
        yield OrderAmount(Decimal(rng.randrange(50, 1000, 50)))
    if rng.random() < 0.08:
        begin = rng.randrange(6, 18)
        yield Times(frozenset(rng.sample(range(7), 4)), dt.time(begin), dt.time(begin + 4))


def _sets(rng: random.Random, density: Density) -> tuple[ProductSet, ...]:
    """Buy so many and get one, or buy of these and get one of those."""
    bought = _goods(rng, density)
    if rng.random() < 0.5:
        return (ProductSet(bought, required=rng.randint(2, 4), discounted=1),)
    got = ProductSet(_goods(rng, density), required=1, discounted=1)
    return (ProductSet(bought, required=rng.randint(1, 2)), got)


def _goods(rng: random.Random, density: Density) -> Goods:
    categories = {
        Density.SPARSE: range(CATEGORIES),
        Density.DENSE: range(AISLE),
        Density.ABSENT: range(40, CATEGORIES),
    }[density]
    way = rng.choices(("products", "category", "group"), (50, 30, 20))[0]
    if way == "category":
        return Goods(categories=frozenset({rng.choice(categories)}))
    if way == "group":  # a product's group is its category's number, up to as many as there are
        groups = [number for number in categories if number < GROUPS]
        return Goods(groups=frozenset({rng.choice(groups)}))
    named = {
        rng.choice(categories) + CATEGORIES * rng.randrange(PRODUCTS // CATEGORIES)
        for _ in range(rng.randint(3, 10))
    }
    return Goods(products=frozenset(named))
