"""Baskets and offers in few words. Money and quantities are strings, so that they are exact."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from promotions.engine import (
    Basket,
    Effect,
    Goods,
    Kind,
    Line,
    Picks,
    Product,
    ProductSet,
    Programme,
    Quote,
    Rule,
    Scope,
    Shopper,
    Skipped,
    Stacking,
    compile_rules,
    price,
)

NOON = dt.datetime(2026, 6, 3, 12, tzinfo=dt.UTC)
"""A Wednesday."""
DAY = dt.timedelta(days=1)
ANYBODY = Shopper()
LINES, RECEIPT = {"scope": Scope.LINES}, {"scope": Scope.RECEIPT}
COMBINES, ALONE = {"stacking": Stacking.COMBINES}, {"stacking": Stacking.ALONE}


def product(number: int, categories: Iterable[int] = (), groups: Iterable[int] = ()) -> Product:
    return Product(number, tuple(categories), tuple(groups))


def line(
    unit_price: str, quantity: str = "1", *, of: Product | int | None = 1, id: str = ""
) -> Line:
    """Without an id, `basket` numbers it."""
    known = product(of) if isinstance(of, int) else of
    return Line(id, known, Decimal(quantity), Decimal(unit_price))


def basket(*lines: Line | str, spend: str = "0", **more: Any) -> Basket:
    """A price alone is a line of one unit of a product of its own: 1 for the first line."""
    numbered = []
    for place, each in enumerate(lines, 1):
        made = line(each, of=place) if isinstance(each, str) else each
        numbered.append(Line(made.id or str(place), made.product, made.quantity, made.unit_price))
    return Basket(
        tuple(numbered), **{"point_of_sale": 1, "points_to_spend": Decimal(spend), **more}
    )


def goods(*products: int, **more: Any) -> Goods:
    return Goods(products=frozenset(products), **more)


def of_promotion(number: int, default: int | None = None) -> Goods:
    return Goods(promotion=number, default=default)


def percent(value: str, id: int = 1, **more: Any) -> Rule:
    return rule(id, Kind.PERCENTAGE, value, **more)


def amount_off(value: str, id: int = 1, **more: Any) -> Rule:
    return rule(id, Kind.AMOUNT, value, **more)


def fixed_price(value: str, id: int = 1, **more: Any) -> Rule:
    return rule(id, Kind.FIXED_PRICE, value, **more)


def points(value: str, id: int = 1, kind: Kind = Kind.PERCENTAGE, **more: Any) -> Rule:
    return rule(id, kind, value, effect=Effect.POINTS, **more)


def rule(id: int, kind: Kind, value: str, **more: Any) -> Rule:
    """Money is in the basket's currency; product sets are given as a list."""
    about_money = kind != Kind.PERCENTAGE and more.get("effect") != Effect.POINTS
    given = {
        "start": NOON - DAY,
        "end": NOON + DAY,
        "currency": "EUR" if about_money else None,
        **more,
    }
    return Rule(id=id, kind=kind, value=Decimal(value), **given)


def buy(required: int, *products: int) -> ProductSet:
    """Triggers."""
    return ProductSet(goods(*products) if products else Goods(everything=True), required)


def get(discounted: int, *products: int, required: int = 1, of: Goods | None = None) -> ProductSet:
    """Targets."""
    named = of or (goods(*products) if products else Goods(everything=True))
    return ProductSet(named, required, discounted)


def picks(number: int, *chosen: int, listed: Iterable[int] = ()) -> Shopper:
    return Shopper(picks={number: Picks(frozenset(chosen), frozenset(listed))})


def quote(
    what: Basket,
    *rules: Rule,
    shopper: Shopper = ANYBODY,
    at: dt.datetime = NOON,
    programme: Programme | None = None,
) -> Quote:
    return price(what, shopper, compile_rules(rules, programme or Programme()), at)


def reason(answer: Quote, id: int = 1) -> Skipped:
    [found] = [skipped for skipped in answer.skipped if skipped.id == id]
    return found
