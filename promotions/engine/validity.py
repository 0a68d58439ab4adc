"""Which rules have no meaning that could be computed, or explained to a customer."""

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from promotions.engine.rules import (
    EVERYTHING,
    Effect,
    Goods,
    Kind,
    OrderAmount,
    Products,
    Rule,
    Scope,
)


class Fault(StrEnum):
    ENDS_BEFORE_START = "ends_before_start"
    VALUE_NEGATIVE = "value_negative"
    PERCENTAGE_OVER_100 = "percentage_over_100"  # of discounts; points may be more
    NO_CURRENCY = "no_currency"  # money in a discount or condition without saying which
    SETS_AND_GOODS = "sets_and_goods"  # goods or a limit of units beside product sets
    SETS_NOT_ON_UNITS = "sets_not_on_units"
    NO_TARGET = "no_target"  # no product set gets the discount
    SET_WITHOUT_UNITS = "set_without_units"  # a set requires nothing and gets nothing
    SET_WITHOUT_GOODS = "set_without_goods"
    GOODS_WITHOUT_PRODUCTS = "goods_without_products"  # nothing is named at all
    USES_BELOW_ONE = "uses_below_one"
    UNITS_BELOW_ONE = "units_below_one"
    UNITS_NOT_ON_UNITS = "units_not_on_units"  # a limit of units on lines or on the receipt
    RECEIPT_OF_GOODS = "receipt_of_goods"  # a receipt discount is on everything
    POINTS_WITH_SETS = "points_with_sets"
    POINTS_FIXED_PRICE = "points_fixed_price"
    AMOUNT_MAXIMUM_BELOW_MINIMUM = "amount_maximum_below_minimum"
    TIERS_NOT_ON_RECEIPT = "tiers_not_on_receipt"
    TIERS_OUT_OF_ORDER = "tiers_out_of_order"  # each threshold is above the one before


def faults(rule: Rule) -> tuple[Fault, ...]:
    """All that is wrong with the rule, in the order of `Fault`; rules with any aren't compiled."""
    return tuple(fault for fault in Fault if FOUND[fault](rule))


def _names_nothing(goods: Goods) -> bool:
    named = goods.products or goods.categories or goods.groups
    return not (goods.everything or named or goods.promotion is not None)


def _order_amounts(rule: Rule) -> list[OrderAmount]:
    return [c for c in rule.conditions if isinstance(c, OrderAmount)]


def _has_money(rule: Rule) -> bool:
    of_value = rule.effect is Effect.DISCOUNT and rule.kind is not Kind.PERCENTAGE
    return of_value or bool(rule.tiers) or bool(_order_amounts(rule))


def _values(rule: Rule) -> list[Decimal]:
    return [tier.value for tier in rule.tiers] or [rule.value]


def _goods_without_products(rule: Rule) -> bool:
    asked = [c.goods for c in rule.conditions if isinstance(c, Products)]
    own = [] if rule.sets else [rule.goods]
    return any(_names_nothing(goods) for goods in own + asked)


def _maximum_below_minimum(rule: Rule) -> bool:
    return any(c.maximum is not None and c.maximum < c.minimum for c in _order_amounts(rule))


def _over_100(rule: Rule) -> bool:
    is_share = rule.effect is Effect.DISCOUNT and rule.kind is Kind.PERCENTAGE
    return is_share and max(_values(rule)) > Decimal(100)


def _out_of_order(rule: Rule) -> bool:
    return any(higher.threshold <= lower.threshold for lower, higher in pairwise(rule.tiers))


FOUND: dict[Fault, Callable[[Rule], bool]] = {
    Fault.ENDS_BEFORE_START: lambda r: r.end <= r.start,
    Fault.VALUE_NEGATIVE: lambda r: min(_values(r)) < 0,
    Fault.PERCENTAGE_OVER_100: _over_100,
    Fault.NO_CURRENCY: lambda r: r.currency is None and _has_money(r),
    Fault.SETS_AND_GOODS: lambda r: bool(r.sets) and (r.goods != EVERYTHING or r.units is not None),
    Fault.SETS_NOT_ON_UNITS: lambda r: bool(r.sets) and r.scope is not Scope.UNITS,
    Fault.NO_TARGET: lambda r: bool(r.sets) and all(s.discounted < 1 for s in r.sets),
    Fault.SET_WITHOUT_UNITS: lambda r: any(s.required < 1 and s.discounted < 1 for s in r.sets),
    Fault.SET_WITHOUT_GOODS: lambda r: any(_names_nothing(s.goods) for s in r.sets),
    Fault.GOODS_WITHOUT_PRODUCTS: _goods_without_products,
    Fault.USES_BELOW_ONE: lambda r: r.uses is not None and r.uses < 1,
    Fault.UNITS_BELOW_ONE: lambda r: r.units is not None and r.units < 1,
    Fault.UNITS_NOT_ON_UNITS: lambda r: r.units is not None and r.scope is not Scope.UNITS,
    Fault.RECEIPT_OF_GOODS: lambda r: r.scope is Scope.RECEIPT and r.goods != EVERYTHING,
    Fault.POINTS_WITH_SETS: lambda r: r.effect is Effect.POINTS and bool(r.sets),
    Fault.POINTS_FIXED_PRICE: lambda r: r.effect is Effect.POINTS and r.kind is Kind.FIXED_PRICE,
    Fault.AMOUNT_MAXIMUM_BELOW_MINIMUM: _maximum_below_minimum,
    Fault.TIERS_NOT_ON_RECEIPT: lambda r: bool(r.tiers) and r.scope is not Scope.RECEIPT,
    Fault.TIERS_OUT_OF_ORDER: _out_of_order,
}
