"""Rules that combine: which units they take beside others, and what the receipt's makes of it."""

from tests.promotions.engine.builders import (
    COMBINES,
    LINES,
    RECEIPT,
    amount_off,
    basket,
    fixed_price,
    get,
    line,
    percent,
)
from tests.promotions.engine.cases import Case, check, each_case, off, outdone


@each_case(
    Case(
        "a limit of units is for the first line of those that cost the same",
        "P10",
        basket("10.00", "10.00"),
        (percent("50", 1, units=1, **COMBINES),),
        "15.00",
        (off(1, "1", "5.00"),),
    ),
    Case(
        "of units of the same price the first line's goes to the earliest, whatever combines there",
        "P4, P10",
        basket("10.00", line("10.00", "2")),
        (
            amount_off("10", 1, units=1),
            amount_off("10", 2, units=1),
            amount_off("1", 3, **COMBINES),
        ),
        "9.00",
        (off(1, "1", "10.00"), off(2, "2", "10.00"), off(3, "2", "1.00", "2")),
    ),
    Case(
        "a set has its place in the order among rules without one",
        "P10",
        basket("10.00"),
        (percent("10", 1, sets=(get(1),), **COMBINES), amount_off("1", 2, **COMBINES)),
        "8.00",
        (off(1, "1", "1.00"), off(2, "1", "1.00")),
    ),
    # 10% of 9.00 and of 10.00.
    Case(
        "a set has all of its targets, though an earlier rule is for one of them",
        "P10",
        basket(line("10.00", "2")),
        (
            percent("10", 1, units=1, **COMBINES),
            percent("10", 2, sets=(get(1),), uses=None, **COMBINES),
        ),
        "17.10",
        (off(1, "1", "1.00"), off(2, "1", "1.90", "2")),
    ),
    Case(
        "units of a limited rule are in no set, so that one may take them",
        "P13",
        basket(line("10.00", "2")),
        (percent("10", 1, units=2), amount_off("1", 2, sets=(get(1),), **COMBINES)),
        "17.00",
        (off(1, "1", "2.00", "2"), off(2, "1", "1.00")),
    ),
    # The line's rule makes the unit free that no other set has. As much is paid with 3 and 1 only.
    Case(
        "a unit of a set is no other set's, though of its line nothing else is left to pay",
        "P4, P13",
        basket(line("10.00", "2")),
        (
            amount_off("1", 1, sets=(get(1),), **COMBINES),
            amount_off("1", 2, sets=(get(1),)),
            amount_off("10", 3, **LINES),
        ),
        "9.00",
        (off(2, "1", "1.00"), off(3, "1", "10.00")),
        skips={1: outdone(2)},
    ),
    Case(
        "a line goes without its own rule where that only spares what combines",
        "P4, P10",
        basket("10.00"),
        (
            amount_off("1", 1),
            fixed_price("1", 2, **COMBINES),
            amount_off("10", 3, **RECEIPT),
        ),
        "0.00",
        (off(2, "1", "9.00"), off(3, "1", "1.00")),
        skips={1: outdone(3)},
    ),
    Case(
        "so it does for a percentage of the receipt",
        "P4, P10",
        basket("10.00"),
        (
            percent("50", 1),
            fixed_price("1", 2, **COMBINES),
            percent("50", 3, **RECEIPT),
        ),
        "0.50",
        (off(2, "1", "9.00"), off(3, "1", "0.50")),
        skips={1: outdone(3)},
    ),
)
def test_combining(case: Case) -> None:
    check(case)
