"""Money and points as they are told: with all the decimals that their kind has."""

from collections.abc import Mapping
from decimal import Decimal

from promotions.models.points_of_sale import digits

POINT_DIGITS = 2
OF_POINTS = frozenset({"points_earned", "points_expired", "points_missing"})
"""All others are money, or points at their worth in money."""


def amounts(values: Mapping[str, Decimal], currency: str) -> dict[str, str]:
    """By name."""
    return {
        name: written(value, POINT_DIGITS if name in OF_POINTS else digits(currency))
        for name, value in values.items()
    }


def written(amount: Decimal, decimals: int) -> str:
    return format(amount.quantize(Decimal(1).scaleb(-decimals)), "f")
