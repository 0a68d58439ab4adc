"""What is earned in points, and what is paid with them."""

from decimal import Decimal

from promotions.engine import Kind, Programme, Reason
from tests.promotions.engine.builders import (
    COMBINES,
    LINES,
    RECEIPT,
    basket,
    goods,
    line,
    percent,
    points,
)
from tests.promotions.engine.cases import Case, check, each_case, earns, off, outdone

WHOLE = Programme(whole_points=True)
AMOUNT = {"kind": Kind.AMOUNT}


@each_case(
    Case(
        "points are a per cent of what is paid, half-up to two decimals",
        "P15",
        basket("10.50"),
        (points("15"),),
        pays="10.50",
        effects=(earns(1, "1", "1.58"),),
    ),
    Case(
        "points are earned on the price after all discounts",
        "P2 P15",
        basket("10.00", "10.00"),
        (percent("50", 1), percent("10", 2, **RECEIPT, **COMBINES), points("10", 3)),
        pays="9.00",
        effects=(
            off(1, "1", "5.00"),
            off(1, "2", "5.00"),
            off(2, "1", "0.50"),
            off(2, "2", "0.50"),
            earns(3, "1", "0.45"),
            earns(3, "2", "0.45"),
        ),
    ),
    Case(
        "whole points are rounded down",
        "P15",
        basket("19.99"),
        (points("10"),),
        pays="19.99",
        effects=(earns(1, "1", "1.00"),),
        programme=WHOLE,
    ),
    Case(
        "less than one whole point is nothing to save",
        "P15 P7",
        basket("9.99"),
        (points("10"),),
        pays="9.99",
        skips={1: Reason.NOTHING_TO_SAVE},
        programme=WHOLE,
    ),
    Case(
        "points for each unit",
        "P15",
        basket(line("4.00", "3")),
        (points("5", **AMOUNT),),
        pays="12.00",
        effects=(earns(1, "1", "15.00", "3"),),
    ),
    Case(
        "points for each line",
        "P15",
        basket(line("4.00", "3"), "2.00"),
        (points("5", **AMOUNT, **LINES),),
        pays="14.00",
        effects=(earns(1, "1", "5.00", "3"), earns(1, "2", "5.00")),
    ),
    Case(
        "points for the receipt are spread over its lines",
        "P15 P3",
        basket("2.00", "1.00"),
        (points("10", **AMOUNT, **RECEIPT),),
        pays="3.00",
        effects=(earns(1, "1", "6.67"), earns(1, "2", "3.33")),
    ),
    Case(
        "nothing is earned on what is free",
        "P15 P7",
        basket("0.00"),
        (points("5", **AMOUNT), points("10", 2, **COMBINES)),
        pays="0.00",
        skips={1: Reason.NOTHING_TO_SAVE, 2: Reason.NOTHING_TO_SAVE},
    ),
    Case(
        "points spent come off what is payable, spread over the lines",
        "P2 P15",
        basket("5.00", "5.00", "5.00", spend="10"),
        (),
        pays="5.00",
    ),
    Case(
        "points are earned on money, not on the part paid in points",
        "P15",
        basket("10.00", spend="4"),
        (points("10"),),
        pays="6.00",
        effects=(earns(1, "1", "0.60"),),
    ),
    Case(
        "a number of points is less in proportion to the part paid in points",
        "P15",
        basket("10.00", spend="4"),
        (points("5", **AMOUNT),),
        pays="6.00",
        effects=(earns(1, "1", "3.00"),),
    ),
    Case(
        "points spent are at most the programme's share of what is payable",
        "P15",
        basket("10.00", spend="9"),
        (percent("20"),),
        pays="5.60",
        effects=(off(1, "1", "2.00"),),
        programme=Programme(share=Decimal("0.3")),
    ),
    Case(
        "points spent are at most what is payable",
        "P15 P3",
        basket("10.00", spend="99"),
        (points("10"),),
        pays="0.00",
        skips={1: Reason.NOTHING_TO_SAVE},
    ),
    Case(
        "a share of nothing takes no points",
        "P15",
        basket("10.00", spend="5"),
        (),
        pays="10.00",
        programme=Programme(share=Decimal(0)),
    ),
    Case(
        "a unit earns points of one offer, the one that gives most",
        "P5 P4",
        basket("10.00"),
        (points("10", 1), points("20", 2)),
        pays="10.00",
        effects=(earns(2, "1", "2.00"),),
        skips={1: outdone(2)},
    ),
    Case(
        "points that combine come on top of points",
        "P4 P5",
        basket("10.00"),
        (points("10", 1), points("5", 2, **COMBINES)),
        pays="10.00",
        effects=(earns(1, "1", "1.00"), earns(2, "1", "0.50")),
    ),
    Case(
        "points on the receipt are for what no other points offer has",
        "P5 P4",
        basket("10.00", "10.00"),
        (points("50", 1, goods=goods(1)), points("10", 2, **RECEIPT)),
        pays="20.00",
        effects=(earns(1, "1", "5.00"), earns(2, "2", "1.00")),
    ),
    Case(
        "a limit of units earns points on the dearest",
        "P15 E23",
        basket("3.00", "10.00"),
        (points("10", 1, units=1),),
        pays="13.00",
        effects=(earns(1, "2", "1.00"),),
    ),
    Case(
        "points may be more than the price",
        "P15",
        basket("10.00"),
        (points("150"),),
        pays="10.00",
        effects=(earns(1, "1", "15.00"),),
    ),
)
def test_the_points(case: Case) -> None:
    check(case)
