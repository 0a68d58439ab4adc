"""Choices for the sake of a threshold where other rules combine on the lines: P10, P13, L20."""

from tests.promotions.engine.builders import (
    COMBINES,
    amount_off,
    basket,
    buy,
    fixed_price,
    get,
    goods,
    line,
    percent,
)
from tests.promotions.engine.cases import Case, check, each_case, off
from tests.promotions.engine.tiers import tiers


@each_case(
    # On line 2 it saves 4.00, and what combines leaves nothing of line 1: 4.00 as well.
    Case(
        "of what leaves the same to pay that which saves more on a line that is free anyway",
        "P4, P10, L20",
        basket("10.00", "8.00"),
        (
            percent("50", 1, units=1),
            amount_off("10", 2, goods=goods(1), **COMBINES),
            amount_off("0", 3, **tiers(at_8="4")),
        ),
        "4.00",
        (off(1, "1", "5.00"), off(2, "1", "5.00"), off(3, "2", "4.00")),
    ),
    # 20.00 is reached just so; with a target on either line instead of that 25.00 less 10.00.
    Case(
        "targets of a set that combines have their line's own rule, too",
        "P10, P13, L20",
        basket("15.00", line("10.00", "2", of=2)),
        (
            percent("0", 1, **tiers(at_20="40")),
            percent("50", 2, goods=goods(2)),
            amount_off("5", 3, sets=(get(2, required=0),), **COMBINES),
        ),
        "14.00",
        (off(2, "2", "10.00", "2"), off(3, "2", "5.00"), off(1, "1", "6.00")),
    ),
    # 10.50 of line 1 and 2.50 of line 2 are just 13.00.
    Case(
        "triggers of a set that combines may be one per item's",
        "P10, P13, L20",
        basket(line("7.00", "2"), line("5.00", "2", of=2)),
        (
            percent("50", 1),
            amount_off("10", 2, sets=(buy(2, 1), get(1)), **COMBINES),
            percent("50", 3, units=1),
            amount_off("0", 4, **tiers(at_13="5")),
        ),
        "8.00",
        (
            off(1, "2", "5.00", "2"),
            off(3, "1", "3.50"),
            off(2, "2", "2.50"),
            off(4, "1", "5.00"),
        ),
    ),
    # Less than 35.00 only with the unit for 3.00: what 3 leaves of it is 1.00, which 1 can't take.
    Case(
        "a unit serves one set of either stacking, though two would leave nothing to pay",
        "P13, L20",
        basket(line("10.00", "2"), "10.00", line("10.00", "2", of=3)),
        (
            amount_off("1", 1, sets=(get(1),), **COMBINES),
            fixed_price("3", 2, sets=(get(1),)),
            amount_off("2", 3, **COMBINES),
            amount_off("0", 4, **tiers(at_25="50", at_35="1")),
        ),
        "1.00",
        (
            off(2, "2", "7.00"),
            off(1, "1", "1.00"),
            off(3, "1", "4.00", "2"),
            off(3, "2", "2.00"),
            off(3, "3", "4.00", "2"),
            off(4, "1", "15.00", "2"),
            off(4, "3", "16.00", "2"),
        ),
    ),
)
def test_reaching_where_rules_combine(case: Case) -> None:
    check(case)
