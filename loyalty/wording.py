"""Cashback in words, for customers and staff."""

from decimal import Decimal

from django.utils.formats import number_format


def money(amount: Decimal, *, signed: bool = False) -> str:
    """Two decimals, thousands apart; with its sign where it is a change.

    The minus is the true one: screen readers leave out hyphens.
    """
    sign = "+" if signed and amount > 0 else "−" if amount < 0 else ""
    return f"{sign}{number_format(abs(amount), decimal_pos=2, force_grouping=True)}"
