"""Whole cents: how amounts become them, are rounded, and are split without losing one."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

UNIT = Decimal(1)


def half_up(numerator: int | Fraction, denominator: int) -> int:
    """The nearest whole number to a fraction that is not negative; a half goes up."""
    return (2 * numerator + denominator) // (2 * denominator)


def to_cents(amount: Decimal, digits: int) -> int:
    return int(amount.scaleb(digits).quantize(UNIT, ROUND_HALF_UP))


def to_cents_down(amount: Decimal, digits: int) -> int:
    """For what may not be exceeded."""
    return int(amount.scaleb(digits).quantize(UNIT, ROUND_DOWN))


def to_cents_up(amount: Decimal, digits: int) -> int:
    """For what whole cents must reach."""
    return int(amount.scaleb(digits).quantize(UNIT, ROUND_CEILING))


@lru_cache(maxsize=16_384)
def from_cents(cents: int, digits: int) -> Decimal:
    # Quotes name the same few thousand amounts again and again.
    return Decimal(cents).scaleb(-digits)


def as_fraction(value: Decimal, per: int = 1) -> tuple[int, int]:
    """`value / per` exactly, as numerator and denominator."""
    numerator, denominator = value.as_integer_ratio()
    return numerator, denominator * per


def share(total: int | Fraction, of: int) -> int | Fraction:
    """`total / of`; a fraction only where it must be, as whole numbers are many times faster."""
    return Fraction(total, of) if total % of else total // of


def spread(amount: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Parts of `amount` in proportion to the weights, by largest remainder, then by place.

    No part is more than its weight while the amount is not more than their sum. Weights that are
    all zero get nothing.
    """
    whole = sum(weights)
    if not whole or not amount:
        return [0] * len(weights)
    parts = [amount * weight // whole for weight in weights]
    missing = amount - sum(parts)
    if missing:
        by_remainder = sorted(range(len(weights)), key=lambda i: -(amount * weights[i] % whole))
        for place in by_remainder[:missing]:
            parts[place] += 1
    return parts
