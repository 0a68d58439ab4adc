"""One-per-item rules on the receipt beside more contests than are searched again with them."""

from decimal import Decimal

import pytest

from promotions.engine import (
    Basket,
    Kind,
    Line,
    Product,
    Reason,
    Rule,
    Shopper,
    Standing,
    compile_rules,
    price,
)
from tests.promotions.engine.builders import (
    ANYBODY,
    COMBINES,
    NOON,
    RECEIPT,
    amount_off,
    basket,
    buy,
    fixed_price,
    get,
    goods,
    line,
    percent,
    points,
    quote,
    reason,
)

FIVE = [percent(str(rate), rate, goods=goods(1, 2), units=1) for rate in (40, 30, 20, 10, 5)]


def given(bought: Basket, *rules: Rule) -> tuple[dict[tuple[int, str], Decimal], bool]:
    """What each rule gives on each line, and whether that is the best for certain."""
    answer = quote(bought, *rules)
    return {(each.id, each.line): each.amount for each in answer.effects}, answer.is_exact


def test_a_percentage_of_the_receipt_gets_the_lines_that_many_contests_leave() -> None:
    """P2, P4: what they take stays theirs, so that the quote may not be the best."""
    found, is_exact = given(
        basket("20.00", "10.00", "10.00"),
        *FIVE,
        percent("15", 99, goods=goods(3)),
        percent("25", 98, **RECEIPT),
    )
    assert found == {
        (40, "1"): Decimal("8.00"),
        (30, "2"): Decimal("3.00"),
        (98, "3"): Decimal("2.50"),
    }
    assert not is_exact


def test_an_amount_off_the_receipt_gets_the_lines_that_many_contests_leave() -> None:
    """P2, P4: a plain offer gives way to it."""
    found, is_exact = given(
        basket("20.00", "10.00", "10.00"),
        *FIVE,
        percent("15", 99, goods=goods(3)),
        amount_off("9", 98, **RECEIPT),
    )
    assert found == {
        (40, "1"): Decimal("8.00"),
        (30, "2"): Decimal("3.00"),
        (98, "3"): Decimal("9.00"),
    }
    assert not is_exact


@pytest.mark.parametrize("number", [4, 5])
def test_so_many_contests_are_searched_again_with_a_percentage(number: int) -> None:
    """P4: of up to four all is tried."""
    bought = basket("20.00", "10.00", "10.00")
    answer = quote(bought, *FIVE[-number:], percent("7", 98, **RECEIPT))
    assert answer.is_exact is (number == 4)


@pytest.mark.parametrize("number", [4, 5])
def test_so_many_contests_are_searched_again_with_an_amount(number: int) -> None:
    """P4: a rule that gives all that it could needs none of that."""
    bought = basket("20.00", "10.00", "10.00")
    answer = quote(bought, *FIVE[-number:], amount_off("28", 98, **RECEIPT))
    assert answer.is_exact is (number == 4)
    assert quote(bought, *FIVE[-number:], amount_off("5", 98, **RECEIPT)).is_exact


def test_units_that_trigger_a_set_share_what_combines() -> None:
    """P10: an amount off each unit takes no more than the unit costs."""
    found, is_exact = given(
        basket(line("10.00", "4")),
        percent("80", 1, sets=(get(1, 1, required=3),)),
        amount_off("3", 2, **COMBINES),
    )
    assert found == {(1, "1"): Decimal("8.00"), (2, "1"): Decimal("11.00")}
    assert is_exact


def test_a_set_of_targets_and_triggers_before_a_fixed_price_of_each_unit() -> None:
    """P10."""
    found, _ = given(
        basket(line("10.00", "3")),
        percent("50", 1, sets=(get(1, 1, required=3),)),
        fixed_price("6", 2, **COMBINES),
    )
    assert found == {(1, "1"): Decimal("5.00"), (2, "1"): Decimal("8.00")}


def test_no_points_are_spent_unless_asked() -> None:
    """P15."""
    bought = Basket((Line("1", Product(1), Decimal(1), Decimal(5)),), 1)
    assert quote(bought).points_spent == 0


def test_who_outdoes_an_offer_are_rivals_and_not_what_combines() -> None:
    """P7: of offers on the same line; without rivals those of its kind."""
    bought = basket("10.00")
    half, tenth = percent("50", 1), percent("10", 2)
    twentieth = percent("5", 3, **COMBINES)
    answer = quote(bought, half, tenth, twentieth, points("10", 4))
    assert reason(answer, 2).figures == {"offers": (("discount", 1),)}
    free = amount_off("10", 5, **COMBINES)
    cent = percent("5", 6, **COMBINES)
    after = quote(bought, half, free, cent, points("10", 4))
    assert reason(after, 6).figures == {"offers": (("discount", 1), ("discount", 5))}
    assert reason(after, 4).figures == {"offers": (("discount", 1), ("discount", 5))}


def test_points_may_be_worth_more_than_the_basket_costs() -> None:
    """P14: so that a budget of all that it costs may be too little."""
    shopper = Shopper(standings={("discount", 1): Standing(budget=Decimal(20))})
    answer = quote(basket("10.00"), points("30", 1, Kind.AMOUNT), shopper=shopper)
    found = reason(answer)
    assert (found.reason, found.figures) == (
        Reason.BUDGET,
        {"left": Decimal(20), "needed": Decimal(30)},
    )


def test_a_set_lacks_units_that_an_earlier_set_of_it_must_have() -> None:
    """P7, E15: the earlier takes what no later one could."""
    both = percent("50", 1, sets=(buy(2, 1, 2), get(2, 2, 3, required=3)))
    lacking = reason(quote(basket("1.00", line("1.00", "2", of=2)), both))
    assert lacking.figures == {"set": 1, "required": 3, "found": 1}


def test_a_part_of_a_line_has_nothing_left_for_what_combines() -> None:
    """P10: an amount off each unit, of two parts of a line."""
    found, _ = given(
        basket(line("10.00", "2")), percent("80", 1, units=1), amount_off("3", 2, **COMBINES)
    )
    assert found == {(1, "1"): Decimal("8.00"), (2, "1"): Decimal("5.00")}


def test_points_of_the_same_price_differ_where_points_paid_a_part() -> None:
    """P15: in quotes of one book."""
    book = compile_rules([points("10", 1, Kind.AMOUNT)])
    whole, half = basket("10.00"), basket("20.00", spend="10")
    earned = [price(each, ANYBODY, book, NOON).points_earned for each in (whole, half, whole)]
    assert earned == [10, 5, 10]


def test_the_first_set_takes_what_the_second_does_not_want() -> None:
    """P7, E15: though that is cheaper."""
    both = percent("50", 1, sets=(buy(1, 1, 2), get(1, 1, required=2)))
    lacking = reason(quote(basket("5.00", "1.00"), both))
    assert lacking.figures == {"set": 1, "required": 2, "found": 1}


def test_a_line_keeps_points_that_are_more_than_its_part_of_the_receipts() -> None:
    """P5, P15: by a little."""
    rules = points("10.05", 1, goods=goods(1)), points("10", 2, **RECEIPT)
    answer = quote(basket("100.00", "100.00"), *rules)
    assert [each.points for each in answer.effects] == [Decimal("10.05"), Decimal("10.00")]


def test_an_offer_for_others_on_goods_that_nobody_bought() -> None:
    """P6, P7: says first that it is for others."""
    found = reason(quote(basket("5.00"), percent("5", goods=goods(9), groups=frozenset({3}))))
    assert found.reason is Reason.NOT_FOR_YOU


def test_less_than_a_point_may_be_spent() -> None:
    """P15."""
    assert quote(basket("5.00", spend="0.50")).points_spent == Decimal("0.50")


def test_points_that_combine_are_told_rule_by_rule() -> None:
    """P5, P7: then line by line."""
    rules = points("10", 1, **COMBINES), points("5", 2, **COMBINES)
    told = [(each.id, each.line) for each in quote(basket("5.00", "1.00"), *rules).effects]
    assert told == [(1, "1"), (1, "2"), (2, "1"), (2, "2")]
