"""However a line is returned, its parts add up to what it had (P3)."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from loyalty.purchases.shares import Step, share

MILLI = Decimal("0.001")
quantities = st.lists(st.integers(1, 999_999_999), min_size=1, max_size=6)


def steps_of(parts):
    """Each part after those before it, in thousandths of a unit."""
    whole, before = sum(parts), 0
    for part in parts:
        yield Step(before * MILLI, part * MILLI, whole * MILLI)
        before += part


@given(quantities, st.integers(0, 10**20), st.sampled_from([0, 2, 3]))
def test_steps_add_up_to_exactly_the_amount_and_none_is_below_zero_P3(parts, cents, digits):
    amount = Decimal(cents).scaleb(-digits)
    shares = [share(amount, step, digits) for step in steps_of(parts)]
    assert sum(shares) == amount
    assert min(shares) >= 0
    assert all(each == round(each, digits) for each in shares)


@given(quantities, st.integers(0, 10**12))
def test_what_came_back_so_far_is_its_part_to_half_a_cent(parts, cents):
    upto = Decimal(0)
    for step in steps_of(parts):
        upto += share(Decimal(cents), step, 0)
        exact = cents * (step.before + step.now) / step.all
        assert abs(upto - exact) <= Decimal("0.5001")


def test_a_half_goes_up_as_everywhere_P9():
    of_two = [Step(Decimal(before), Decimal(1), Decimal(2)) for before in (0, 1)]
    assert [share(Decimal("1.01"), step, 2) for step in of_two] == [Decimal("0.51"), Decimal("0.5")]


def test_an_amount_with_more_decimals_than_its_currency_comes_back_whole():
    """Of history that was imported."""
    of_two = [Step(Decimal(before), Decimal(1), Decimal(2)) for before in (0, 1)]
    assert sum(share(Decimal("0.005"), step, 2) for step in of_two) == Decimal("0.005")
