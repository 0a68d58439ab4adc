"""Which rules have no meaning that could be computed, or explained to a customer."""

from enum import StrEnum

from promotions.engine.rules import Rule


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


def faults(rule: Rule) -> tuple[Fault, ...]:
    """All that is wrong with the rule, in the order of `Fault`; rules with any aren't compiled."""
    raise NotImplementedError
