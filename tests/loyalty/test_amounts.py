"""What staff may enter: one rule for forms, groups and single customers (D14, D15, D17)."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from loyalty.amounts import clean_amount, clean_comment, clean_expiry
from tests.factories import DAY, NOON


@pytest.mark.parametrize(
    ("entered", "amount"),
    [
        ("10", "10.00"),
        ("-2.5", "-2.50"),
        ("0.01", "0.01"),
        ("9999999999.99", "9999999999.99"),
        ("1e2", "100.00"),
        (Decimal("3.00"), "3.00"),
        (7, "7.00"),
    ],
)
def test_amounts_that_can_be_added_or_deducted_D14(entered, amount):
    assert str(clean_amount(entered, mode="relative")) == amount


@pytest.mark.parametrize(
    ("entered", "code"),
    [
        ("", "not_a_number"),
        ("ten", "not_a_number"),
        (None, "not_a_number"),
        ("NaN", "not_a_number"),
        ("sNaN", "not_a_number"),
        ("-Infinity", "not_a_number"),
        ("1e400", "max_digits"),
        ("1e-400", "max_digits"),
        ("10000000000", "max_whole_digits"),
        ("-10000000000", "max_whole_digits"),
        ("0.001", "max_decimal_places"),
        ("0", "zero_relative"),
        ("-0.00", "zero_relative"),
    ],
)
def test_amounts_that_cannot_D14(entered, code):
    with pytest.raises(ValidationError) as refused:
        clean_amount(entered, mode="relative")
    assert refused.value.code == code


def test_a_balance_can_be_set_to_nothing_but_not_below_D13_D17():
    assert str(clean_amount("0", mode="absolute")) == "0.00"
    assert str(clean_amount("-0", mode="absolute")) == "0.00"
    assert str(clean_amount("12", mode="absolute")) == "12.00"
    with pytest.raises(ValidationError) as refused:
        clean_amount("-0.01", mode="absolute")
    assert refused.value.code == "negative_absolute"


def test_the_comment_is_needed_and_kept_short_D15():
    assert clean_comment("  Sorry for the wait\n") == "Sorry for the wait"
    assert clean_comment("x" * 500) == "x" * 500
    for bad in ("", "  \n", "x" * 501, "a\0b"):
        with pytest.raises(ValidationError):
            clean_comment(bad)


def test_only_what_is_credited_expires_and_only_later_D14():
    assert clean_expiry(None, amount=Decimal(-1), at=NOON) is None
    assert clean_expiry(NOON + DAY, amount=Decimal(1), at=NOON) == NOON + DAY
    for amount, expires_at, code in [
        (1, NOON, "passed"),
        (1, NOON + 80_000 * DAY, "too_far"),
        (-1, NOON + DAY, "nothing_credited"),
        (0, NOON + DAY, "nothing_credited"),
    ]:
        with pytest.raises(ValidationError) as refused:
            clean_expiry(expires_at, amount=Decimal(amount), at=NOON)
        assert refused.value.code == code
