"""What a basket is made of and which rules take part, straight from the engine's law.

Written for being obviously right and nothing else; whole cents are ints, all else is a Fraction.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from promotions.engine import (
    Basket,
    Goods,
    InAudiences,
    InGroups,
    OrderAmount,
    PointsOfSale,
    Product,
    Products,
    Rule,
    Shopper,
    Times,
)

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Unit:
    number: int
    """Its place among all units of the basket, in line order."""
    line: str
    product: Product | None
    price: int


def half_up(number: Fraction) -> int:
    return int((number + Fraction(1, 2)) // 1)


def units_of(basket: Basket) -> list[Unit]:
    units: list[Unit] = []
    cents = 10**basket.digits
    for line in sorted(basket.lines, key=lambda line: (len(line.id), line.id)):
        quantity, price = Fraction(line.quantity), Fraction(line.unit_price) * cents
        if quantity.denominator == 1 and price.denominator == 1:
            prices = [int(price)] * int(quantity)
        else:
            prices = [half_up(quantity * price)]
        for each in prices:
            units.append(Unit(len(units), line.id, line.product, each))
    return units


def is_wanted(goods: Goods, product: Product | None, shopper: Shopper) -> bool:
    if goods.everything:
        return True
    if product is None:
        return False
    if goods.promotion is not None:
        return product.id in chosen(goods, shopper)
    return (
        product.id in goods.products
        or any(category in goods.categories for category in product.categories)
        or any(group in goods.groups for group in product.groups)
    )


def chosen(goods: Goods, shopper: Shopper) -> frozenset[int]:
    picks = shopper.picks.get(goods.promotion)
    if picks is None:
        return frozenset()
    if picks.chosen:
        return picks.chosen
    return frozenset({goods.default}) & picks.listed


def takes_part(rule: Rule, basket: Basket, shopper: Shopper, at: dt.datetime) -> bool:
    """All that the law asks except the budget, which needs prices."""
    known = not (rule.groups or rule.audiences) or bool(
        rule.groups & shopper.groups or rule.audiences & shopper.audiences
    )
    welcome = (shopper.is_known or not rule.members) and (
        not rule.consent or shopper.answers.get((rule.origin, rule.id, rule.item)) is True
    )
    here = not rule.points_of_sale or basket.point_of_sale in rule.points_of_sale
    money = rule.currency is None or rule.currency == basket.currency
    standing = shopper.standings.get(rule.key)
    free = standing is None or not standing.reached
    return (
        rule.start <= at < rule.end
        and here
        and money
        and known
        and welcome
        and conditions_hold(rule, basket, shopper, at)
        and free
    )


def conditions_hold(rule: Rule, basket: Basket, shopper: Shopper, at: dt.datetime) -> bool:
    held = [CONDITIONS[type(each)](each, basket, shopper, at) for each in rule.conditions]
    if not held:
        return True
    return any(held) if rule.any_condition else all(held)


def amount_holds(each: OrderAmount, basket: Basket, *_: object) -> bool:
    amount = Fraction(sum(unit.price for unit in units_of(basket)), 10**basket.digits)
    return each.minimum <= amount and (each.maximum is None or amount <= each.maximum)


def products_hold(each: Products, basket: Basket, shopper: Shopper, _: object) -> bool:
    found = [unit for unit in units_of(basket) if is_wanted(each.goods, unit.product, shopper)]
    return len(found) >= each.quantity


def times_hold(each: Times, _: object, __: object, at: dt.datetime) -> bool:
    since_midnight = at.replace(tzinfo=None) - at.replace(
        hour=0, minute=0, second=0, microsecond=0, tzinfo=None
    )
    begin = span(each.begin or dt.time())
    end = DAY if each.end is None else span(each.end)
    if end <= begin:
        end += DAY
    return any(
        begin <= since_midnight + back * DAY < end
        and (not each.days or (at - back * DAY).weekday() in each.days)
        for back in (0, 1)
    )


def span(time: dt.time) -> dt.timedelta:
    return dt.datetime.combine(dt.date.min, time) - dt.datetime.combine(dt.date.min, dt.time())


CONDITIONS: dict[type, Callable[..., bool]] = {
    OrderAmount: amount_holds,
    Products: products_hold,
    Times: times_hold,
    PointsOfSale: lambda each, basket, *_: basket.point_of_sale in each.ids,
    InGroups: lambda each, _, shopper, __: bool(each.ids & shopper.groups),
    InAudiences: lambda each, _, shopper, __: bool(each.ids & shopper.audiences),
}
