"""Prices as numbers: as somebody types them, without what says nothing."""

from decimal import Decimal


def decimals(amount: Decimal) -> int:
    """How many of them say something: none of 2.00, three of 0.345."""
    return max(0, -int(amount.normalize().as_tuple().exponent))


def plain(price: Decimal) -> str:
    """With the two decimals that most currencies have, or with more where it needs them."""
    return f"{price:.{max(2, decimals(price))}f}"
