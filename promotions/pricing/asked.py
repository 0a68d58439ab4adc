"""A basket as it is asked about, and what can't be priced in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

MOST_LINES = 500
MOST_QUANTITY = Decimal(999_999)
MOST_PRICE = Decimal(1_000_000_000)
MOST_POINTS = Decimal(1_000_000_000)
LONGEST_LINE_ID = 50
LONGEST_CODE = 64
QUANTITY_DIGITS = 3
PRICE_DIGITS = 4
POINT_DIGITS = 2
LONGEST_NOUGHT = 20
"""Decimals that a nought may have: one with a billion of them is a page of that length."""
UNWRITABLE = re.compile("[\0\ud800-\udfff]")
"""What the database can't be asked for: NUL, and halves of surrogate pairs."""


class BasketError(Exception):
    """A basket that can't be priced. `code` is for programs, `detail` says what to do."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code)
        self.code, self.detail = code, str(detail)


@dataclass(frozen=True, slots=True)
class AskedLine:
    """`product` is an external ID or a barcode."""

    id: str
    product: str
    quantity: Decimal
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class AskedBasket:
    """`point_of_sale` is its key."""

    point_of_sale: str
    lines: tuple[AskedLine, ...]
    points_to_spend: Decimal = Decimal(0)

    @property
    def codes(self) -> tuple[str, ...]:
        """Of the lines' products, in their order."""
        return tuple([line.product for line in self.lines])


def check(asked: AskedBasket) -> None:
    """Raises BasketError for the first thing that is wrong."""
    for code, detail in _faults(asked):
        raise BasketError(code, detail)


def _faults(asked: AskedBasket) -> Iterator[tuple[str, str]]:
    if not asked.lines:
        yield "no_lines", _("The basket is empty: name at least one line.")
    if len(asked.lines) > MOST_LINES:
        yield "too_many_lines", _("A basket has at most %d lines.") % MOST_LINES
    if not is_within(asked.points_to_spend, MOST_POINTS, POINT_DIGITS):
        yield (
            "points_to_spend",
            _("Points are 0 or more, up to 1000000000, with at most two decimals."),
        )
    for place, line in enumerate(asked.lines, 1):
        for code, detail in _faults_of(line):
            yield code, _("Line %(place)d: %(detail)s") % {"place": place, "detail": detail}
    if len({line.id for line in asked.lines}) < len(asked.lines):
        yield "repeated_line", _("Two lines have the same id: give each its own.")


def _faults_of(line: AskedLine) -> Iterator[tuple[str, str]]:
    if not 0 < len(line.id) <= LONGEST_LINE_ID or UNWRITABLE.search(line.id):
        yield "line_id", _("the id has 1 to %d characters.") % LONGEST_LINE_ID
    if not 0 < len(line.product) <= LONGEST_CODE or UNWRITABLE.search(line.product):
        yield "product", _("the product's number has 1 to %d characters.") % LONGEST_CODE
    if not line.quantity or not is_within(line.quantity, MOST_QUANTITY, QUANTITY_DIGITS):
        yield "quantity", _("the quantity is above 0, up to 999999, with up to three decimals.")
    if not is_within(line.unit_price, MOST_PRICE, PRICE_DIGITS):
        yield "unit_price", _("the price is 0 or more, up to 1000000000, with up to four decimals.")


def is_within(amount: Decimal, most: Decimal, digits: int) -> bool:
    """From 0 to `most`, with at most so many decimals."""
    if not amount.is_finite() or amount.adjusted() < -LONGEST_NOUGHT:
        return False
    return 0 <= amount <= most and amount == round(amount, digits)
