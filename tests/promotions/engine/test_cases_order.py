"""In which order offers apply, and what combines with what others left."""

from tests.promotions.engine.builders import (
    COMBINES,
    RECEIPT,
    amount_off,
    basket,
    buy,
    fixed_price,
    get,
    goods,
    line,
    percent,
)
from tests.promotions.engine.cases import Case, check, each_case, off, outdone


@each_case(
    Case(
        "line discounts come before receipt discounts",
        "P2 P10",
        basket("12.00"),
        (percent("10", 1, **RECEIPT, **COMBINES), amount_off("2", 2, **COMBINES)),
        pays="9.00",
        effects=(off(2, "1", "2.00"), off(1, "1", "1.00")),
    ),
    Case(
        "a combining per cent is of the running price",
        "P10",
        basket("10.00"),
        (percent("10", 1, **COMBINES), percent("10", 2, **COMBINES)),
        pays="8.10",
        effects=(off(1, "1", "1.00"), off(2, "1", "0.90")),
    ),
    Case(
        "what combines goes by priority before id",
        "P4 P10",
        basket("10.00"),
        (percent("50", 1, priority=2, **COMBINES), amount_off("5", 2, priority=1, **COMBINES)),
        pays="2.50",
        effects=(off(2, "1", "5.00"), off(1, "1", "2.50")),
    ),
    Case(
        "what combines with the same priority goes by id",
        "P4 P10",
        basket("10.00"),
        (amount_off("5", 2, **COMBINES), percent("50", 1, **COMBINES)),
        pays="0.00",
        effects=(off(1, "1", "5.00"), off(2, "1", "5.00")),
    ),
    Case(
        "what combines comes on top of the offer that has the item, whatever its priority",
        "P4 P10",
        basket("10.00"),
        (percent("50", 1, priority=9), amount_off("2", 2, priority=1, **COMBINES)),
        pays="3.00",
        effects=(off(1, "1", "5.00"), off(2, "1", "2.00")),
    ),
    Case(
        "what combines on a limit of units takes the dearest",
        "P10 E23",
        basket("3.00", "10.00", "8.00"),
        (percent("50", 1, units=2, **COMBINES),),
        pays="12.00",
        effects=(off(1, "2", "5.00"), off(1, "3", "4.00")),
    ),
    Case(
        "what combines on the receipt comes after the offer that has the receipt",
        "P2 P10",
        basket("20.00"),
        (percent("10", 1, priority=1, **RECEIPT, **COMBINES), amount_off("5", 2, **RECEIPT)),
        pays="13.50",
        effects=(off(2, "1", "5.00"), off(1, "1", "1.50")),
    ),
    Case(
        "nothing is left for what combines after a free item",
        "P3 P7",
        basket("10.00"),
        (percent("100", 1), amount_off("5", 2, **COMBINES)),
        pays="0.00",
        effects=(off(1, "1", "10.00"),),
        skips={2: outdone(1)},
    ),
    Case(
        "a combining offer on the receipt covers what others have as well",
        "P4",
        basket("10.00", "10.00"),
        (percent("50", 1, goods=goods(1)), percent("10", 2, **RECEIPT, **COMBINES)),
        pays="13.50",
        effects=(off(1, "1", "5.00"), off(2, "1", "0.50"), off(2, "2", "1.00")),
    ),
    Case(
        "combining offers still apply to what triggers a set and to its target",
        "P13",
        basket("10.00", "10.00"),
        (
            percent("50", 1, sets=(buy(1, 1), get(1, 2))),
            percent("10", 2, **COMBINES),
        ),
        pays="13.50",
        effects=(off(1, "2", "5.00"), off(2, "1", "1.00"), off(2, "2", "0.50")),
    ),
    Case(
        "a fixed price that combines undercuts the price that another left",
        "P10",
        basket("10.00"),
        (percent("20", 1), fixed_price("7", 2, **COMBINES)),
        pays="7.00",
        effects=(off(1, "1", "2.00"), off(2, "1", "1.00")),
    ),
    Case(
        "units of a line share what came off, and those that got more off are cheaper from then on",
        "P10 P9",
        basket(line("3.33", "3")),
        (
            percent("15", 1),
            percent("50", 2, units=1, **COMBINES),
            amount_off("2", 3, **COMBINES),
        ),
        pays="1.66",
        effects=(off(1, "1", "1.50", "3"), off(2, "1", "1.42"), off(3, "1", "5.41", "3")),
    ),
)
def test_the_order(case: Case) -> None:
    check(case)
