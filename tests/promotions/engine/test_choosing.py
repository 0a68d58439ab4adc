"""One-per-item rules on the receipt beside more contests than are searched again with them."""

from decimal import Decimal

import pytest

from promotions.engine import Basket, Line, Product, Rule
from tests.promotions.engine.builders import (
    COMBINES,
    RECEIPT,
    amount_off,
    basket,
    fixed_price,
    get,
    goods,
    line,
    percent,
    quote,
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
