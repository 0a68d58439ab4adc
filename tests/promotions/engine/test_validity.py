"""Rules that have no meaning are refused: when saved, and again when compiled."""

from dataclasses import replace
from decimal import Decimal

import pytest

from promotions.engine import (
    Fault,
    Goods,
    OrderAmount,
    Products,
    ProductSet,
    Rule,
    Scope,
    compile_rules,
    faults,
)
from promotions.engine.compiling import RuleError
from tests.promotions.engine.builders import (
    LINES,
    NOON,
    RECEIPT,
    amount_off,
    buy,
    fixed_price,
    get,
    goods,
    percent,
    points,
)

NOTHING = Goods()
SETS = (buy(1, 1), get(1, 2))


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (percent("10", start=NOON, end=NOON), [Fault.ENDS_BEFORE_START]),
        (percent("-1"), [Fault.VALUE_NEGATIVE]),
        (percent("100.01"), [Fault.PERCENTAGE_OVER_100]),
        (amount_off("1", currency=None), [Fault.NO_CURRENCY]),
        (fixed_price("1", currency=None), [Fault.NO_CURRENCY]),
        (percent("1", conditions=(OrderAmount(Decimal(1)),)), [Fault.NO_CURRENCY]),
        (percent("1", sets=SETS, goods=goods(1)), [Fault.SETS_AND_GOODS]),
        (percent("1", sets=SETS, units=1), [Fault.SETS_AND_GOODS]),
        (percent("1", sets=SETS, **LINES), [Fault.SETS_NOT_ON_UNITS]),
        (percent("1", sets=(buy(1, 1),)), [Fault.NO_TARGET]),
        (percent("1", sets=(*SETS, ProductSet(goods(3), 0))), [Fault.SET_WITHOUT_UNITS]),
        (percent("1", sets=(*SETS, ProductSet(NOTHING))), [Fault.SET_WITHOUT_GOODS]),
        (percent("1", goods=NOTHING), [Fault.GOODS_WITHOUT_PRODUCTS]),
        (percent("1", conditions=(Products(NOTHING),)), [Fault.GOODS_WITHOUT_PRODUCTS]),
        (percent("1", sets=SETS, uses=0), [Fault.USES_BELOW_ONE]),
        (percent("1", units=0), [Fault.UNITS_BELOW_ONE]),
        (percent("1", units=1, **LINES), [Fault.UNITS_NOT_ON_UNITS]),
        (percent("1", goods=goods(1), **RECEIPT), [Fault.RECEIPT_OF_GOODS]),
        (points("1", sets=SETS), [Fault.POINTS_WITH_SETS]),
        (replace(points("1"), kind=fixed_price("1").kind), [Fault.POINTS_FIXED_PRICE]),
        (
            percent("1", currency="EUR", conditions=(OrderAmount(Decimal(2), Decimal(1)),)),
            [Fault.AMOUNT_MAXIMUM_BELOW_MINIMUM],
        ),
        (
            percent("-1", sets=(buy(1, 1),), scope=Scope.RECEIPT, uses=0),
            [
                Fault.VALUE_NEGATIVE,
                Fault.SETS_NOT_ON_UNITS,
                Fault.NO_TARGET,
                Fault.USES_BELOW_ONE,
            ],
        ),
    ],
    ids=lambda value: value[0].value if isinstance(value, list) else "",
)
def test_what_has_no_meaning_is_named(rule: Rule, found: list[Fault]) -> None:
    """E23, P12, P14: in the order of `Fault`."""
    assert faults(rule) == tuple(found)
    with pytest.raises(RuleError, match=f"discount 1: {', '.join(found)}") as error:
        compile_rules([rule])
    assert (error.value.rule, error.value.faults) == (rule, tuple(found))


@pytest.mark.parametrize(
    "rule",
    [
        percent("100"),
        percent("0"),
        points("150"),
        points("1", kind=amount_off("1").kind),
        percent("1", sets=SETS, uses=None),
        percent("1", sets=(ProductSet(goods(1), 0, 2),)),
        percent("1", goods=Goods(promotion=1)),
        percent("1", currency="EUR", conditions=(OrderAmount(Decimal(1), Decimal(1)),)),
        percent("1", units=1),
        amount_off("1", **RECEIPT),
    ],
    ids=range(10),
)
def test_what_is_at_the_edge_has_a_meaning(rule: Rule) -> None:
    """E23: all of 100, 0, no limit of uses, equal bounds and sets that require nothing."""
    assert faults(rule) == ()
    assert compile_rules([rule]).rules == (rule,)
