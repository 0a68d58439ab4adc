"""An offer that stands alone, against all others together."""

from promotions.engine import Reason
from tests.promotions.engine.builders import (
    ALONE,
    COMBINES,
    LINES,
    RECEIPT,
    amount_off,
    basket,
    fixed_price,
    goods,
    line,
    percent,
    points,
)
from tests.promotions.engine.cases import Case, check, each_case, earns, off


@each_case(
    Case(
        "an offer alone loses to others that together save more",
        "P4",
        basket("10.00", "10.00"),
        (
            percent("30", 1, goods=goods(1)),
            percent("30", 2, goods=goods(2)),
            amount_off("5", 3, **RECEIPT, **ALONE),
        ),
        pays="14.00",
        effects=(off(1, "1", "3.00"), off(2, "2", "3.00")),
        skips={3: (Reason.OTHERS_SAVE_MORE, {"saving": "5.00", "others": "6.00"})},
    ),
    Case(
        "a fixed price of a line stands alone where it saves most",
        "P4",
        basket(line("3.35", "2")),
        (fixed_price("5.00", 1, **LINES, **ALONE), percent("20", 2, **ALONE)),
        pays="5.00",
        effects=(off(1, "1", "1.70", "2"),),
        skips={2: (Reason.ALONE, {"offer": ("discount", 1)})},
    ),
    Case(
        "an offer alone wins over others that together save less, and leaves them nothing",
        "P4",
        basket("10.00", "10.00"),
        (
            percent("30", 1, goods=goods(1)),
            percent("30", 2, goods=goods(2), **COMBINES),
            amount_off("7", 3, **RECEIPT, **ALONE),
        ),
        pays="13.00",
        effects=(off(3, "1", "3.50"), off(3, "2", "3.50")),
        skips={
            1: (Reason.ALONE, {"offer": ("discount", 3)}),
            2: (Reason.ALONE, {"offer": ("discount", 3)}),
        },
    ),
    Case(
        "an offer alone that saves as much as the others gives way",
        "P4",
        basket("10.00"),
        (percent("30", 2), amount_off("3", 1, priority=1, **ALONE)),
        pays="7.00",
        effects=(off(2, "1", "3.00"),),
        skips={1: (Reason.OTHERS_SAVE_MORE, {"saving": "3.00", "others": "3.00"})},
    ),
    Case(
        "of two alone that save the same the earlier wins",
        "P4",
        basket("10.00"),
        (percent("30", 2, **ALONE), amount_off("3", 1, **ALONE)),
        pays="7.00",
        effects=(off(1, "1", "3.00"),),
        skips={2: (Reason.ALONE, {"offer": ("discount", 1)})},
    ),
    Case(
        "the points of the others count against what stands alone",
        "P4 P5",
        basket("10.00"),
        (percent("30", 1), points("50", 2), amount_off("5", 3, **ALONE)),
        pays="7.00",
        effects=(off(1, "1", "3.00"), earns(2, "1", "3.50")),
        skips={3: (Reason.OTHERS_SAVE_MORE, {"saving": "5.00", "others": "6.50"})},
    ),
    Case(
        "points alone win over a discount that is worth less",
        "P4 P5",
        basket("10.00"),
        (percent("30", 1), points("50", 2, **ALONE)),
        pays="10.00",
        effects=(earns(2, "1", "5.00"),),
        skips={1: (Reason.ALONE, {"offer": ("discount", 2)})},
    ),
)
def test_what_stands_alone(case: Case) -> None:
    check(case)
