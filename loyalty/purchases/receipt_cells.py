"""What the cells of a file of receipts say, by the law by which tills' purchases are judged."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from customers.identity import TRIMMED
from imports.resources import Text
from loyalty.moments import read_moment
from loyalty.purchases.orders import check_name, plain
from loyalty.purchases.refusals import Refusal
from promotions.pricing.asked import AskedBasket, AskedLine, BasketError, check

NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,12})?")

CELL_REASONS: Mapping[str, Text] = {
    "receipt": _(
        "Name the receipt with 1 to 64 visible characters; not “.”, “..” or “calculate”, and"
        " without “/cancel” or “/returns” in the end."
    ),
    "date": _("Write when it was bought like 2026-09-01 08:26:00, or 2026-09-01T08:26:00+02:00."),
    "product": _("Name the product with 1 to 64 characters."),
    "quantity": _("The quantity is above 0, up to 999999, with up to three decimals."),
    "negative": _("Goods that came back are not imported: import what was bought."),
    "unit_price": _("The price is 0 or more, up to a billion, with up to four decimals."),
}


def clean_receipt(text: str) -> str:
    """Trimmed. Raises ValidationError, as all these do."""
    name = text.strip(TRIMMED)
    try:
        check_name(name, "receipt")
    except Refusal as error:
        raise _refusal("receipt") from error
    return name


def clean_date(text: str) -> str:
    """Of the clock at the point of sale; if the cell has an offset, of UTC, with “+00”."""
    try:
        moment, is_day = read_moment(text)
    except ValueError as error:
        raise _refusal("date") from error
    if is_day:
        raise _refusal("date")
    if moment.tzinfo is None:
        return moment.isoformat(" ")
    return f"{moment.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S}+00"


def clean_product(text: str) -> str:
    code = text.strip(TRIMMED)
    _check_line(product=code)
    return code


def clean_quantity(text: str) -> str:
    number = _number(text, "quantity")
    if number < 0:
        raise _refusal("negative")
    _check_line(quantity=number)
    return plain(number)


def clean_unit_price(text: str) -> str:
    number = _number(text, "unit_price")
    _check_line(unit_price=number)
    return plain(number)


CELLS: Mapping[str, Callable[[str], str]] = {
    "receipt": clean_receipt,
    "date": clean_date,
    "product": clean_product,
    "quantity": clean_quantity,
    "unit_price": clean_unit_price,
}
"""By the column that they judge."""


def _number(text: str, code: str) -> Decimal:
    trimmed = text.strip(TRIMMED)
    if not NUMBER.fullmatch(trimmed):
        raise _refusal(code)
    return Decimal(trimmed)


def _check_line(
    product: str = "-", quantity: Decimal = Decimal(1), unit_price: Decimal = Decimal(0)
) -> None:
    try:
        check(AskedBasket("", (AskedLine("1", product, quantity, unit_price),)))
    except BasketError as error:
        raise _refusal(error.code) from error


def _refusal(code: str) -> ValidationError:
    return ValidationError(str(CELL_REASONS[code]), code=code)
