"""Limits are never exceeded and never cut; of several reasons the first is given."""

import datetime as dt
from decimal import Decimal
from typing import Any

from promotions.engine import OrderAmount, Reason, Shopper, Standing
from tests.promotions.engine.builders import (
    ALONE,
    COMBINES,
    NOON,
    amount_off,
    basket,
    buy,
    get,
    goods,
    line,
    of_promotion,
    percent,
    points,
)
from tests.promotions.engine.cases import Case, check, each_case, earns, off

SECOND = dt.timedelta(seconds=1)


def with_standing(rule: int = 1, **more: Any) -> Shopper:
    return Shopper(standings={("discount", rule): Standing(**more)})


def with_budget(money: str, rule: int = 1) -> Shopper:
    return with_standing(rule, budget=Decimal(money))


@each_case(
    Case(
        "a limit of uses that is reached",
        "P14",
        basket("10.00"),
        (percent("10"),),
        pays="10.00",
        skips={1: (Reason.LIMIT, {"limit": "week", "allowed": 3})},
        shopper=with_standing(reached="week", allowed=3),
    ),
    Case(
        "a limit of another offer is none of this one",
        "P14",
        basket("10.00"),
        (percent("10"),),
        pays="9.00",
        effects=(off(1, "1", "1.00"),),
        shopper=with_standing(2, reached="total", allowed=1),
    ),
    Case(
        "a limit of units is per receipt, not per line",
        "P14",
        basket("10.00", "9.00", "8.00"),
        (percent("10", units=2),),
        pays="25.10",
        effects=(off(1, "1", "1.00"), off(1, "2", "0.90")),
    ),
    Case(
        "what is left of a budget to the cent is enough",
        "P14",
        basket("10.00"),
        (percent("10"),),
        pays="9.00",
        effects=(off(1, "1", "1.00"),),
        shopper=with_budget("1.00"),
    ),
    Case(
        "a budget a cent short doesn't apply and is never cut",
        "P14 P7",
        basket("10.00", "10.00"),
        (percent("10"),),
        pays="20.00",
        skips={1: (Reason.BUDGET, {"left": "1.99", "needed": "2.00"})},
        shopper=with_budget("1.99"),
    ),
    Case(
        "a budget that is used up",
        "P14 P7",
        basket("10.00"),
        (percent("10"),),
        pays="10.00",
        skips={1: (Reason.BUDGET, {"left": "0.00", "needed": "1.00"})},
        shopper=with_budget("0.00"),
    ),
    Case(
        "a budget must do for what the offer would save as the only one",
        "P14",
        basket("10.00"),
        (percent("50", 1, priority=1, **COMBINES), amount_off("4", 2, **COMBINES)),
        pays="5.00",
        effects=(off(1, "1", "5.00"),),
        skips={2: (Reason.BUDGET, {"left": "3.99", "needed": "4.00"})},
        shopper=with_budget("3.99", rule=2),
    ),
    Case(
        "an offer that its budget keeps out leaves its units to others",
        "P14",
        basket("10.00"),
        (percent("50", 1), percent("10", 2)),
        pays="9.00",
        effects=(off(2, "1", "1.00"),),
        skips={1: (Reason.BUDGET, {"left": "4.00", "needed": "5.00"})},
        shopper=with_budget("4.00"),
    ),
    Case(
        "a budget of sets is for all applications together",
        "P14 P12",
        basket(line("4.00", "4")),
        (percent("50", uses=2, sets=(buy(1), get(1))),),
        pays="16.00",
        skips={1: (Reason.BUDGET, {"left": "3.00", "needed": "4.00"})},
        shopper=with_budget("3.00"),
    ),
    Case(
        "a budget of points is at their worth in money",
        "P14",
        basket("10.00"),
        (points("10", 1), points("5", 2)),
        pays="10.00",
        effects=(earns(2, "1", "0.50"),),
        skips={1: (Reason.BUDGET, {"left": "0.99", "needed": "1.00"})},
        shopper=with_budget("0.99"),
    ),
)
def test_the_limits(case: Case) -> None:
    check(case)


EVERYTHING_WRONG: dict[str, Any] = {
    "start": NOON + SECOND,
    "end": NOON + 2 * SECOND,
    "points_of_sale": frozenset({2}),
    "currency": "SEK",
    "groups": frozenset({1}),
    "conditions": (OrderAmount(Decimal(99)),),
    "goods": goods(2),
}
SPENT = Shopper(standings={("discount", 1): Standing(reached="day", allowed=1, budget=Decimal(0))})


def first_reason(sentence: str, reason: Reason, figures: dict[str, Any], **right: Any) -> Case:
    made = percent("10", **{**EVERYTHING_WRONG, **right})
    bought = basket("10.00")
    return Case(
        sentence, "P7", bought, (made,), pays="10.00", skips={1: (reason, figures)}, shopper=SPENT
    )


OPEN: dict[str, Any] = {"start": NOON - SECOND}
HERE: dict[str, Any] = {**OPEN, "points_of_sale": frozenset()}
MONEY: dict[str, Any] = {**HERE, "currency": "EUR"}
MINE: dict[str, Any] = {**MONEY, "groups": frozenset()}
BOUGHT: dict[str, Any] = {**MINE, "goods": goods(1)}


@each_case(
    first_reason("not yet, before all else", Reason.NOT_YET, {"start": NOON + SECOND}),
    first_reason("over, before where", Reason.OVER, {"end": NOON}, start=NOON - SECOND, end=NOON),
    first_reason("not here, before the currency", Reason.NOT_HERE, {}, **OPEN),
    first_reason("the currency, before for whom", Reason.CURRENCY, {"currency": "SEK"}, **HERE),
    first_reason("not for you, before the products", Reason.NOT_FOR_YOU, {}, **MONEY),
    first_reason("no products, before the conditions", Reason.NO_PRODUCTS, {}, **MINE),
    first_reason(
        "a condition, before the limits",
        Reason.CONDITION,
        {
            "failed": (
                {"condition": "order_amount", "minimum": "99", "maximum": None, "found": "10.00"},
            )
        },
        **BOUGHT,
    ),
    first_reason(
        "a limit, before the budget",
        Reason.LIMIT,
        {"limit": "day", "allowed": 1},
        **BOUGHT,
        conditions=(),
    ),
    Case(
        "no choice, before the products",
        "P7 E20",
        basket("10.00"),
        (percent("10", sets=(get(1, of=of_promotion(3)), buy(1, 2))),),
        pays="10.00",
        skips={1: (Reason.NO_CHOICE, {"promotion": 3})},
    ),
    Case(
        "no choice, before sets that are incomplete",
        "P7 E20",
        basket("10.00"),
        (percent("10", sets=(buy(5, 1), get(1, of=of_promotion(3)))),),
        pays="10.00",
        skips={1: (Reason.NO_CHOICE, {"promotion": 3})},
    ),
    Case(
        "a budget, before what stands alone",
        "P7 P14",
        basket("10.00"),
        (percent("10", 1), percent("50", 2, **ALONE)),
        pays="5.00",
        effects=(off(2, "1", "5.00"),),
        skips={1: (Reason.BUDGET, {"left": "0.50", "needed": "1.00"})},
        shopper=with_budget("0.50"),
    ),
    Case(
        "nothing to save, before what stands alone",
        "P7",
        basket("10.00"),
        (percent("0", 1), percent("50", 2, **ALONE)),
        pays="5.00",
        effects=(off(2, "1", "5.00"),),
        skips={1: Reason.NOTHING_TO_SAVE},
    ),
    Case(
        "what stands alone, before others that would have had the units",
        "P7",
        basket("10.00"),
        (percent("10", 1), percent("20", 2), percent("50", 3, **ALONE)),
        pays="5.00",
        effects=(off(3, "1", "5.00"),),
        skips={
            1: (Reason.ALONE, {"offer": ("discount", 3)}),
            2: (Reason.ALONE, {"offer": ("discount", 3)}),
        },
    ),
)
def test_the_first_reason_that_is_true(case: Case) -> None:
    check(case)
