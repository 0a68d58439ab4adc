"""Whole cents: rounding and splitting."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promotions.engine.money import (
    as_fraction,
    from_cents,
    half_up,
    spread,
    to_cents,
    to_cents_down,
)
from tests.promotions.engine.strategies import SALES


@pytest.mark.parametrize(
    ("numerator", "denominator", "whole"),
    [(0, 2, 0), (1, 2, 1), (1, 3, 0), (2, 3, 1), (3, 2, 2), (5, 2, 3), (315, 200, 2)],
)
def test_a_half_goes_up(numerator: int, denominator: int, whole: int) -> None:
    """P3, P9: 15% of 10.50 is 1.58, not 1.57."""
    assert half_up(numerator, denominator) == whole
    assert half_up(1050 * 15, 100) == 158


@pytest.mark.parametrize(
    ("amount", "digits", "cents", "cents_down"),
    [("1.005", 2, 101, 100), ("1.004", 2, 100, 100), ("1.5", 0, 2, 1), ("0.0125", 3, 13, 12)],
)
def test_an_amount_is_rounded_to_the_currencys_cents(
    amount: str, digits: int, cents: int, cents_down: int
) -> None:
    """P3; what may not be exceeded is rounded down (P15)."""
    assert to_cents(Decimal(amount), digits) == cents
    assert to_cents_down(Decimal(amount), digits) == cents_down


def test_cents_are_written_with_the_currencys_decimals() -> None:
    """P3."""
    assert [str(from_cents(5, digits)) for digits in (0, 2, 3)] == ["5", "0.05", "0.005"]


def test_a_percentage_is_an_exact_fraction() -> None:
    """P9: 33.3 % has no rounding of its own."""
    assert as_fraction(Decimal("33.3"), 100) == (333, 1000)
    assert as_fraction(Decimal(5)) == (5, 1)


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (10, [5, 5, 5], [4, 3, 3]),
        (1, [1, 2], [0, 1]),
        (2, [1, 1, 1], [1, 1, 0]),
        (7, [0, 3, 4], [0, 3, 4]),
        (5, [], []),
        (5, [0, 0], [0, 0]),
        (0, [3, 4], [0, 0]),
    ],
)
def test_a_split_goes_by_largest_remainder_then_place(
    amount: int, weights: list[int], parts: list[int]
) -> None:
    """P3."""
    assert spread(amount, weights) == parts


@SALES
@given(st.lists(st.integers(0, 500), min_size=1, max_size=8), st.data())
def test_parts_add_up_and_none_is_more_than_its_weight(
    weights: list[int], data: st.DataObject
) -> None:
    """P3: nothing goes below zero."""
    amount = data.draw(st.integers(0, sum(weights)))
    parts = spread(amount, weights)
    assert sum(parts) == amount
    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))
