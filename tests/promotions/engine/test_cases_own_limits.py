"""Limits, budgets and reasons of an offer with items of the shopper's own (P7, P14)."""

from dataclasses import replace
from decimal import Decimal

from promotions.engine import (
    OrderAmount,
    Reason,
    Standing,
)
from tests.promotions.engine.builders import (
    DAY,
    NOON,
    basket,
    goods,
    line,
    percent,
    quote,
    reason,
)
from tests.promotions.engine.cases import Case, check, each_case, off
from tests.promotions.engine.personal_offers import (
    KEY,
    MEMBER,
    PERSONAL,
    own,
)


@each_case(
    Case(
        "items of an offer that give no more than its budget has left",
        "P14",
        basket("10.00", "10.00"),
        (),
        "14.00",
        (off(5, "1", "3.00"), off(5, "2", "3.00")),
        shopper=own(
            percent("30", goods=goods(1)),
            percent("30", goods=goods(2)),
            standings={KEY: Standing(budget=Decimal(6))},
        ),
    ),
    Case(
        "items of an offer that would give more together, each of which would not",
        "P14",
        basket("10.00", "10.00"),
        (percent("10", 1),),
        "18.00",
        (off(1, "1", "1.00"), off(1, "2", "1.00")),
        {5: (Reason.BUDGET, {"left": "5.99", "needed": "6.00"})},
        shopper=own(
            percent("30", goods=goods(1)),
            percent("30", goods=goods(2)),
            standings={KEY: Standing(budget=Decimal("5.99"))},
        ),
    ),
    Case(
        "an item that alone would give too much leaves the budget to the others",
        "P14",
        basket("10.00", "10.00"),
        (),
        "17.00",
        (off(5, "1", "3.00"),),
        shopper=own(
            percent("30", goods=goods(1)),
            percent("60", goods=goods(2)),
            standings={KEY: Standing(budget=Decimal(4))},
        ),
    ),
    Case(
        "a limit that is reached is reached for all items",
        "P14",
        basket("10.00", "10.00"),
        (),
        "20.00",
        skips={5: (Reason.LIMIT, {"limit": "ever", "allowed": 1})},
        shopper=own(
            percent("30", goods=goods(1)),
            percent("60", goods=goods(2)),
            standings={KEY: Standing("ever", 1)},
        ),
    ),
    Case(
        "an own offer in another currency",
        "P7",
        basket("10.00"),
        (),
        "10.00",
        skips={5: (Reason.CURRENCY, {"currency": "USD"})},
        shopper=own(percent("30", currency="USD")),
    ),
    Case(
        "an own offer of another point of sale",
        "P7",
        basket("10.00"),
        (),
        "10.00",
        skips={5: Reason.NOT_HERE},
        shopper=own(percent("30", points_of_sale=frozenset({2}))),
    ),
    Case(
        "an item that was declined says so, though its goods are not bought",
        "L14, P7",
        basket("10.00"),
        (),
        "10.00",
        skips={5: (Reason.NOT_ACCEPTED, {"answer": "declined"})},
        shopper=own(
            percent("30", goods=goods(9), consent=True), answers={("personal_offer", 5, 0): False}
        ),
    ),
    Case(
        "of an offer's items the one that is nearest to applying says why it does not",
        "P7",
        basket("10.00"),
        (),
        "10.00",
        skips={
            5: (
                Reason.CONDITION,
                {
                    "failed": (
                        {
                            "condition": "order_amount",
                            "minimum": "20",
                            "maximum": None,
                            "found": "10.00",
                        },
                    )
                },
            )
        },
        shopper=own(
            percent("30", goods=goods(2)),
            percent("30", currency="EUR", conditions=(OrderAmount(Decimal(20)),)),
            percent("30", start=NOON + DAY / 2),
        ),
    ),
)
def test_limits_and_reasons_of_an_offer_with_items(case: Case) -> None:
    check(case)


def test_of_items_that_are_as_near_the_lowest_says_why() -> None:
    """P7: whichever is earlier in the order."""
    shopper = own(
        percent("30", start=NOON + DAY / 2, priority=2), percent("30", start=NOON + DAY / 3)
    )
    assert reason(quote(basket("10.00"), shopper=shopper), 5).figures == {"start": NOON + DAY / 2}


def test_an_offer_left_out_may_let_another_exceed_its_budget() -> None:
    """P14: priced again until no budget is exceeded."""
    first = own(
        percent("50", goods=goods(1)),
        percent("50", goods=goods(2)),
        standings={KEY: Standing(budget=Decimal(9)), ("other", 5): Standing(budget=Decimal(6))},
    )
    rules = tuple(
        replace(rule, origin="other", value=Decimal(40), priority=200) for rule in first.rules
    )
    answer = quote(basket("10.00", "10.00"), shopper=replace(first, rules=first.rules + rules))
    assert (answer.payable, answer.effects) == (Decimal("20.00"), ())
    assert [(each.origin, str(each.figures["needed"])) for each in answer.skipped] == [
        ("personal_offer", "10.00"),
        ("other", "8.00"),
    ]


def test_what_was_searched_in_part_before_an_offer_was_left_out_is_not_exact() -> None:
    """P14: another choice might have left it in."""
    items = [percent(str(value), goods=goods(1), units=1) for value in range(10, 24)]
    bought = basket(line("10.00", "2"))
    answers = [
        quote(bought, shopper=own(*items, standings={KEY: Standing(budget=Decimal(budget))}))
        for budget in ("3", "5")
    ]
    assert [(each.discount, each.is_exact) for each in answers] == [
        (0, False),
        (Decimal("4.50"), False),
    ]


def test_own_offers_are_told_after_those_of_the_book() -> None:
    """P7: in their order, in a part of their own."""
    shopper = replace(MEMBER, rules=(percent("1", 7, **PERSONAL, priority=1, goods=goods(9)),))
    answer = quote(basket("10.00"), percent("1", 1, goods=goods(9)), shopper=shopper)
    assert [each.id for each in answer.skipped] == [1, 7]
    assert [each.id for each in answer.explained.personal] == [7]
