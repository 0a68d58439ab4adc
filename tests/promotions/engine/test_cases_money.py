"""What a discount takes off, to the cent."""

from decimal import Decimal

from promotions.engine import Line, Reason
from tests.promotions.engine.builders import (
    COMBINES,
    LINES,
    RECEIPT,
    amount_off,
    basket,
    fixed_price,
    goods,
    line,
    percent,
)
from tests.promotions.engine.cases import Case, check, each_case, off


@each_case(
    Case(
        "15% of 10.50 is 1.58 off",
        "P3 P9",
        basket("10.50"),
        (percent("15"),),
        pays="8.92",
        effects=(off(1, "1", "1.58"),),
    ),
    Case(
        "15% of three times 3.33 is rounded once for the line",
        "P9",
        basket(line("3.33", "3")),
        (percent("15"),),
        pays="8.49",
        effects=(off(1, "1", "1.50", "3"),),
    ),
    Case(
        "10% of 0.35 is 0.04 off on each of two lines",
        "P9",
        basket("0.35", "0.35"),
        (percent("10"),),
        pays="0.62",
        effects=(off(1, "1", "0.04"), off(1, "2", "0.04")),
    ),
    Case(
        "10% of a receipt of two times 0.35 is rounded once, and the first line has the cent more",
        "P3 P9",
        basket("0.35", "0.35"),
        (percent("10", **RECEIPT),),
        pays="0.63",
        effects=(off(1, "1", "0.04"), off(1, "2", "0.03")),
    ),
    Case(
        "10 off a receipt of three lines of 3.33 takes no more than there is",
        "P3",
        basket("3.33", "3.33", "3.33"),
        (amount_off("10", **RECEIPT),),
        pays="0.00",
        effects=(off(1, "1", "3.33"), off(1, "2", "3.33"), off(1, "3", "3.33")),
    ),
    Case(
        "10 off spread over three lines of 5.00 adds up",
        "P3 P9",
        basket("5.00", "5.00", "5.00"),
        (amount_off("10", **RECEIPT),),
        pays="5.00",
        effects=(off(1, "1", "3.34"), off(1, "2", "3.33"), off(1, "3", "3.33")),
    ),
    Case(
        "the cents left over go to the largest remainder before the first line",
        "P3 P9",
        basket("1.00", "2.00", "4.00"),
        (amount_off("1", **RECEIPT),),
        pays="6.00",
        effects=(off(1, "1", "0.14"), off(1, "2", "0.29"), off(1, "3", "0.57")),
    ),
    Case(
        "equal remainders follow line order, in which 2 is before 10",
        "P3 P9",
        basket(line("5.00", id="10"), line("5.00", id="2")),
        (amount_off("0.01", **RECEIPT),),
        pays="9.99",
        effects=(off(1, "2", "0.01"),),
    ),
    Case(
        "a free line has no part in a receipt discount",
        "P3",
        basket("0.00", "5.00"),
        (percent("10", **RECEIPT),),
        pays="4.50",
        effects=(off(1, "2", "0.50"),),
    ),
    Case(
        "weighed goods are rounded once and are one unit",
        "P3 P9",
        basket(line("9.99", "0.335")),
        (percent("10"),),
        pays="3.01",
        effects=(off(1, "1", "0.34", "0.335"),),
    ),
    Case(
        "an amount off comes off weighed goods once, however heavy",
        "P3",
        basket(line("9.99", "2.5")),
        (amount_off("1"),),
        pays="23.98",
        effects=(off(1, "1", "1.00", "2.5"),),
    ),
    Case(
        "three at a price of thirds of a cent are one unit of 1.00",
        "P3",
        basket(line("0.3333", "3")),
        (amount_off("0.40"),),
        pays="0.60",
        effects=(off(1, "1", "0.40", "3"),),
    ),
    Case(
        "an amount off comes off each unit",
        "E23",
        basket(line("10.00", "3")),
        (amount_off("2"),),
        pays="24.00",
        effects=(off(1, "1", "6.00", "3"),),
    ),
    Case(
        "an amount off lines comes off each line once",
        "E23",
        basket(line("10.00", "3"), "4.00"),
        (amount_off("2", **LINES),),
        pays="30.00",
        effects=(off(1, "1", "2.00", "3"), off(1, "2", "2.00")),
    ),
    Case(
        "an amount off takes no more than the price",
        "P3",
        basket("3.33", "7.00"),
        (amount_off("5"),),
        pays="2.00",
        effects=(off(1, "1", "3.33"), off(1, "2", "5.00")),
    ),
    Case(
        "a fixed price is the price of each unit",
        "E23",
        basket(line("10.00", "3")),
        (fixed_price("7.50"),),
        pays="22.50",
        effects=(off(1, "1", "7.50", "3"),),
    ),
    Case(
        "a fixed price of lines is for all of a line together",
        "E23",
        basket(line("3.33", "3")),
        (fixed_price("8", **LINES),),
        pays="8.00",
        effects=(off(1, "1", "1.99", "3"),),
    ),
    Case(
        "a fixed price of the receipt is for everything together",
        "E23 P3",
        basket("10.00", "8.00"),
        (fixed_price("15", **RECEIPT),),
        pays="15.00",
        effects=(off(1, "1", "1.67"), off(1, "2", "1.33")),
    ),
    Case(
        "a fixed price leaves cheaper units as they are",
        "P3 P7",
        basket("3.33", "9.00"),
        (fixed_price("5"),),
        pays="8.33",
        effects=(off(1, "2", "4.00"),),
    ),
    Case(
        "a fixed price above all prices has nothing to save",
        "P3 P7",
        basket("3.33"),
        (fixed_price("5"),),
        pays="3.33",
        skips={1: Reason.NOTHING_TO_SAVE},
    ),
    Case(
        "half of nothing is nothing to save",
        "P7",
        basket("0.00"),
        (percent("50"),),
        pays="0.00",
        skips={1: Reason.NOTHING_TO_SAVE},
    ),
    Case(
        "a per cent that rounds to nothing is nothing to save",
        "P7 P9",
        basket("0.04"),
        (percent("10"),),
        pays="0.04",
        skips={1: Reason.NOTHING_TO_SAVE},
    ),
    Case(
        "100% is free of charge",
        "P3",
        basket("3.33"),
        (percent("100"),),
        pays="0.00",
        effects=(off(1, "1", "3.33"),),
    ),
    Case(
        "yen have no cents",
        "P3",
        basket("105", currency="JPY", digits=0),
        (percent("15", currency="JPY"),),
        pays="89",
        effects=(off(1, "1", "16"),),
    ),
    Case(
        "dinars have three decimals",
        "P3",
        basket("1.005", currency="KWD", digits=3),
        (percent("15"),),
        pays="0.854",
        effects=(off(1, "1", "0.151"),),
    ),
    Case(
        "the same product on two lines is rounded line by line",
        "P9",
        basket(line("0.35"), line("0.35", "2")),
        (percent("10", goods=goods(1)),),
        pays="0.94",
        effects=(off(1, "1", "0.04"), off(1, "2", "0.07", "2")),
    ),
    Case(
        "what the catalogue doesn't know gets what is on everything, and nothing else",
        "P7",
        basket(line("5.00", of=None)),
        (percent("10"), percent("20", 2, goods=goods(1))),
        pays="4.50",
        effects=(off(1, "1", "0.50"),),
        skips={2: Reason.NO_PRODUCTS},
    ),
    Case(
        "of four per cents that combine each is of what the one before left",
        "P10",
        basket("10.00"),
        tuple(percent("50", id, **COMBINES) for id in (1, 2, 3, 4)),
        pays="0.62",
        effects=(
            off(1, "1", "5.00"),
            off(2, "1", "2.50"),
            off(3, "1", "1.25"),
            off(4, "1", "0.63"),
        ),
    ),
)
def test_the_cents(case: Case) -> None:
    check(case)


def test_an_empty_basket_costs_nothing() -> None:
    """P3: no line, no rule, no failure."""
    check(Case("", "", basket(), (percent("10"),), pays="0.00", skips={1: Reason.NO_PRODUCTS}))


def test_each_line_says_what_it_cost_and_costs() -> None:
    """P3, P7: the lines are in the basket's order, whatever the line order is."""
    from_the_till = basket(line("5.00", id="b"), line("2.50", "2", id="a"))
    assert from_the_till.lines[0] == Line(
        "b", from_the_till.lines[0].product, Decimal(1), Decimal(5)
    )
