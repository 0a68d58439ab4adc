"""Offers that mean the same to our engine and to django-oscar, with baskets to try them on.

They agree where no two offers could have the same unit, or where the better of two comes first;
where nothing is rounded; and where it takes the cheapest unit, when all cost the same.
"""

import random
from collections.abc import Iterator
from decimal import Decimal

from promotions.engine import (
    Basket,
    Goods,
    Kind,
    Line,
    OrderAmount,
    ProductSet,
    Rule,
    Scope,
    Stacking,
)
from tests.bench import engine_offers as shop
from tests.bench.oscar_peer import EVERYTHING, Case

RANDOM = 150


def cases() -> list[Case]:
    return [*_named(), *(_disjoint(random.Random(number)) for number in range(RANDOM))]


def basket(**quantities: int) -> Basket:
    """Of products as p7=2: two of product 7."""
    return Basket(
        lines=tuple(
            Line(name, shop.product(number), Decimal(quantity), shop.price_of(number))
            for name, quantity in quantities.items()
            for number in [int(name[1:])]
        ),
        point_of_sale=1,
    )


def rule(kind: Kind, value: int, goods: Goods = EVERYTHING, **more: object) -> Rule:
    asked = {"id": 1, "start": shop.START, "end": shop.END, "currency": "EUR"} | more
    return Rule(kind=kind, value=Decimal(value), goods=goods, **asked)  # type: ignore[arg-type]


def of(*products: int) -> Goods:
    return Goods(products=frozenset(products))


def within(*categories: int) -> Goods:
    return Goods(categories=frozenset(categories))


def sets(kind: Kind, value: int, *parts: ProductSet) -> Rule:
    return rule(kind, value, sets=parts)


def from_amount(kind: Kind, value: int, minimum: int) -> Rule:
    conditions = (OrderAmount(Decimal(minimum)),)
    return rule(kind, value, scope=Scope.RECEIPT, conditions=conditions)


def _named() -> Iterator[Case]:
    """Products 1 to 9 cost 9, 16, 23, 30, 37, 44, 51, 58 and 65; 81 costs as much as 1."""
    percentage, amount, fixed = Kind.PERCENTAGE, Kind.AMOUNT, Kind.FIXED_PRICE
    combines = {"stacking": Stacking.COMBINES}
    yield [rule(percentage, 10)], basket(p1=1, p2=3)
    yield [rule(percentage, 25, of(1, 2))], basket(p1=4, p2=1, p3=2)
    yield [rule(percentage, 50, within(1))], basket(p1=1, p401=2, p2=2)
    yield [rule(percentage, 20, within(shop.DEPARTMENT))], basket(p1=1, p39=2, p41=3)
    yield [rule(percentage, 100, of(1))], basket(p1=3, p2=1)
    yield [rule(amount, 2, of(1, 2))], basket(p1=4, p2=1, p3=2)
    yield [rule(amount, 20, of(1, 2, 3))], basket(p1=2, p2=1, p3=1)
    yield [rule(fixed, 5, of(1))], basket(p1=3, p2=1)
    yield [rule(fixed, 50, of(1))], basket(p1=3, p2=1)
    yield [rule(percentage, 30, of(9))], basket(p1=3, p2=1)
    yield [rule(percentage, 50, of(1), units=2)], basket(p1=5)
    yield [from_amount(amount, 10, 50)], basket(p1=2, p5=1)
    yield [from_amount(amount, 10, 500)], basket(p1=2, p5=1)
    yield [from_amount(percentage, 10, 55)], basket(p1=2, p5=1)
    yield [sets(percentage, 100, ProductSet(of(1), 3, 1))], basket(p1=3, p2=1)
    yield [sets(percentage, 100, ProductSet(of(1, 81), 3, 1))], basket(p1=2, p81=1)
    yield [sets(percentage, 100, ProductSet(of(1), 3, 1))], basket(p1=2, p2=1)
    yield [sets(percentage, 50, ProductSet(of(1)), ProductSet(of(2), 1, 1))], basket(p1=1, p2=2)
    yield [sets(amount, 4, ProductSet(of(1), 2), ProductSet(of(2), 1, 1))], basket(p1=2, p2=2)
    yield (
        [rule(amount, 1, of(1), **combines), rule(amount, 2, of(1), id=2, **combines)],
        basket(p1=2),
    )
    better = rule(percentage, 20, of(1), priority=50)
    yield [better, rule(percentage, 10, of(1, 2), id=2)], basket(p1=2)


def _disjoint(rng: random.Random) -> Case:
    """Each category has one offer at most, and each basket products of a dozen."""
    chosen = rng.sample(shop.aisle(), rng.randint(1, 12))
    quantities = {f"p{number}": rng.randint(1, 5) for number in chosen}
    rules = [
        rule(*_any(rng), within(category), id=category + 1)
        for category in range(shop.AISLE)
        if rng.random() < 0.7
    ]
    return rules, basket(**quantities)


def _any(rng: random.Random) -> tuple[Kind, int]:
    return rng.choice(
        [
            (Kind.PERCENTAGE, rng.randrange(5, 100, 5)),
            (Kind.AMOUNT, rng.randint(1, 90)),
            (Kind.FIXED_PRICE, 1),
        ]
    )
