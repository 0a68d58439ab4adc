"""What a rule asks of the basket before discounts, of the moment, and of the shopper (P11, E22)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from promotions.engine.baskets import Basket, Shopper
from promotions.engine.money import from_cents
from promotions.engine.offers import Keys, keys_of
from promotions.engine.rows import Row
from promotions.engine.rules import (
    Condition,
    Goods,
    InAudiences,
    InGroups,
    OrderAmount,
    PointsOfSale,
    Products,
    Rule,
    Times,
)

MIDNIGHT = dt.time()


class Facts:
    """One basket, shopper and moment; remembers what was asked of it."""

    __slots__ = ("_answers", "_units", "at", "basket", "rows", "shopper", "total")

    def __init__(self, basket: Basket, shopper: Shopper, rows: list[Row], at: dt.datetime) -> None:
        self.basket = basket
        self.shopper = shopper
        self.rows = rows
        self.at = at
        self.total = from_cents(sum(row.price for row in rows), basket.digits)
        self._answers: dict[int, bool] = {}
        self._units: dict[Keys, int] = {}

    def holds(self, condition: Condition) -> bool:
        # Conditions live as long as the rule book, so that their identity can stand for them.
        name = id(condition)
        found = self._answers.get(name)
        if found is None:
            found = self._answers[name] = self._is_true(condition)
        return found

    def hold(self, rule: Rule) -> bool:
        for condition in rule.conditions:
            if self.holds(condition) is rule.any_condition:
                return rule.any_condition
        return not (rule.any_condition and rule.conditions)

    def units(self, goods: Goods) -> int:
        keys = keys_of(goods)
        if keys not in self._units:
            self._units[keys] = sum(r.count for r in self.rows if not keys.isdisjoint(r.keys))
        return self._units[keys]

    def _is_true(self, condition: Condition) -> bool:
        match condition:
            case OrderAmount(minimum, maximum):
                return minimum <= self.total and (maximum is None or self.total <= maximum)
            case Products(goods, quantity):
                return self.units(goods) >= quantity
            case Times():
                return is_within(condition, self.at)
            case PointsOfSale(ids):
                return self.basket.point_of_sale in ids
            case InGroups(ids):
                return not ids.isdisjoint(self.shopper.groups)
            case InAudiences(ids):
                return not ids.isdisjoint(self.shopper.audiences)


def figures(condition: Condition, facts: Facts) -> Mapping[str, Any]:
    """What a condition asked for and what it found, under the name of its kind."""
    match condition:
        case OrderAmount(minimum, maximum):
            asked = {"minimum": minimum, "maximum": maximum}
            return {"condition": "order_amount", **asked, "found": facts.total}
        case Products(goods, quantity):
            found = facts.units(goods)
            return {"condition": "products", "quantity": quantity, "found": found}
        case Times():
            return {"condition": "times", "at": facts.at}
        case PointsOfSale():
            where = facts.basket.point_of_sale
            return {"condition": "points_of_sale", "point_of_sale": where}
        case InGroups():
            return {"condition": "in_groups"}
        case InAudiences():
            return {"condition": "in_audiences"}


def is_within(times: Times, at: dt.datetime) -> bool:
    """Hours past midnight belong to the day on which they begin."""
    now = at.time()
    begin = times.begin or MIDNIGHT
    if times.end is None:
        return now >= begin and _is_day(times, at.weekday())
    if times.end > begin:
        return begin <= now < times.end and _is_day(times, at.weekday())
    if now >= begin:
        return _is_day(times, at.weekday())
    return now < times.end and _is_day(times, (at.weekday() - 1) % 7)


def _is_day(times: Times, weekday: int) -> bool:
    return not times.days or weekday in times.days
