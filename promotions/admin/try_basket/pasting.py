"""Baskets that are pasted: lines as tables and tills write them, or the JSON of the API."""

import json
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from promotions.admin.try_basket.asked import MOST_ROWS, Row
from promotions.pricing.asked import UNWRITABLE

NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
LONGEST = 100_000
OF_LINE = ("product", "quantity", "unit_price")
OF_BASKET = ("point_of_sale", "at", "customer", "points_to_spend")

Pasted = tuple[list[Row], dict[str, str]]
"""Lines, and what else it says."""


def read(text: str) -> Pasted:
    """Raises ValidationError that says which line is wrong."""
    if len(text) > LONGEST:
        raise ValidationError(_("That is too much for a basket."))
    rows, others = _of_json(text) if text.lstrip().startswith("{") else (_of_lines(text), {})
    if len(rows) > MOST_ROWS:
        raise ValidationError(_("A basket has at most %d lines.") % MOST_ROWS)
    return rows, others


def _of_lines(text: str) -> list[Row]:
    return [
        _line(number, line.strip())
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip()
    ]


def _line(number: int, line: str) -> Row:
    """Tabs or semicolons part columns for certain; spaces part the numbers at the end."""
    separator = next((each for each in "\t;" if each in line), None)
    cells = [cell.strip() for cell in line.split(separator)] if separator else _by_spaces(line)
    product, quantity, price, *others = [*cells, "", ""]
    numbers = (quantity, price)
    if not product or any(others) or any(n and not NUMBER.fullmatch(n) for n in numbers):
        said = _("Line %(number)d: write “SKU quantity price”, such as “TEA-1 2 3.50”.")
        raise ValidationError(said % {"number": number})
    return Row(product, *(each.replace(",", ".") for each in numbers))


def _by_spaces(line: str) -> list[str]:
    """At most two numbers at the end; what is before them is the product."""
    words = line.split()
    end = len(words)
    while end > 1 and len(words) - end < 2 and NUMBER.fullmatch(words[end - 1]):
        end -= 1
    return [" ".join(words[:end]), *words[end:]]


def _of_json(text: str) -> Pasted:
    try:
        basket = json.loads(text, parse_float=str, parse_int=str)
        rows = [Row(*(_text(line, name) for name in OF_LINE)) for line in basket["lines"]]
        others = {name: _text(basket, name) for name in OF_BASKET if basket.get(name) is not None}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        said = _("This is no basket of the API: {“point_of_sale”: …, “lines”: [{“product”: …}]}.")
        raise ValidationError(said) from None
    return rows, others


def _text(of: dict[str, Any], name: str) -> str:
    value = of.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or UNWRITABLE.search(value):
        raise TypeError(name)
    return value.strip()
