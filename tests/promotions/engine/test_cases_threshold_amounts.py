"""Which amount a threshold looks at: the receipt after line discounts, before others (P11, L20)."""

from dataclasses import replace

from promotions.engine import Reason
from tests.promotions.engine.builders import (
    ALONE,
    COMBINES,
    RECEIPT,
    amount_off,
    basket,
    goods,
    points,
)
from tests.promotions.engine.cases import Case, check, each_case, earns, off
from tests.promotions.engine.tiers import MONEY, POINTS, below


@each_case(
    Case(
        "A threshold is looked at after line discounts that combine",
        "P11",
        basket("1800.00"),
        (MONEY, amount_off("0.01", 2, **COMBINES)),
        "1799.99",
        (off(2, "1", "0.01"),),
        skips={1: below("1800", "1799.99")},
    ),
    Case(
        "A threshold is looked at before discounts on the receipt",
        "P2, P11",
        basket("1800.00"),
        (
            replace(MONEY, **COMBINES),
            amount_off("100.00", 2, priority=1, **RECEIPT, **COMBINES),
        ),
        "1200.00",
        (off(2, "1", "100.00"), off(1, "1", "500.00")),
    ),
    Case(
        "For points the receipt after line discounts counts, though they are of what is paid",
        "P11, P15",
        basket("3000.00"),
        (POINTS, amount_off("1000.00", 2, **RECEIPT)),
        "2000.00",
        (off(2, "1", "1000.00"), earns(1, "1", "400.00")),
    ),
    Case(
        "A combining rule has no say in what is chosen: its threshold is missed",
        "L20",
        basket("1000.00", "900.00"),
        (replace(MONEY, **COMBINES), amount_off("200.00", 2, goods=goods(1))),
        "1700.00",
        (off(2, "1", "200.00"),),
        skips={1: below("1800", "1700.00")},
    ),
    Case(
        "Alone it looks at the receipt as if there were no other rule",
        "P4, L20",
        basket("1800.00"),
        (replace(MONEY, **ALONE), amount_off("400.00", 2, **COMBINES)),
        "1300.00",
        (off(1, "1", "500.00"),),
        skips={2: (Reason.ALONE, {"offer": ("discount", 1)})},
    ),
    Case(
        "Alone, too, it waits for its threshold",
        "P4, L20",
        basket("1799.00"),
        (replace(MONEY, **ALONE), amount_off("400.00", 2, **COMBINES)),
        "1399.00",
        (off(2, "1", "400.00"),),
        skips={1: below("1800", "1799.00")},
    ),
    Case(
        "Points with thresholds that combine come on top",
        "P10, L20",
        basket("1000.00"),
        (replace(POINTS, **COMBINES), points("1", 2)),
        "1000.00",
        (earns(2, "1", "10.00"), earns(1, "1", "100.00")),
    ),
)
def test_the_amount_of_a_threshold(case: Case) -> None:
    check(case)
