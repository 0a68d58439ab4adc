"""What one value or entry of each type may be. customers/attributes/values.py puts it together.

A message never repeats what was given, which may be personal.
"""

import datetime as dt
import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from customers.attributes.fields import LONGEST_LIST, MOST_DECIMALS, MOST_DIGITS, Field
from customers.identity import TRIMMED
from customers.models.attributes import LONGEST_TEXT

YES = ("yes", "true", "1", "tak")
"""What a cell may say, in small or capital letters; the first is what we write."""
NO = ("no", "false", "0", "nie")
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
# Line breaks too: a text is one line everywhere, and a line of a form is an entry of a list.
# Halves of surrogate pairs can't be stored.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SHOWN_CHOICES = 10

MESSAGES = {
    "text": _("Write a text."),
    "text_long": _("Write at most %(limit)d characters."),
    "text_control": _("Write it in one line, without control characters."),
    "number": _("Write a number like 12.5."),
    "number_digits": _("Write at most %(digits)d digits, at most %(decimals)d behind the point."),
    "date": _("Write a date that exists, like 1990-02-14."),
    "date_range": _("Write a date from 1900 to 2199."),
    "yes_no": _("Write yes or no; in JSON true or false."),
    "unknown_choice": _("Choose one of: %(choices)s."),
    "list": _("Write a list."),
    "list_long": _("Write at most %(limit)d entries."),
}
"""By code."""
LIMITS = {
    "text_long": {"limit": LONGEST_TEXT},
    "number_digits": {"digits": MOST_DIGITS, "decimals": MOST_DECIMALS},
    "list_long": {"limit": LONGEST_LIST},
}


def error(code: str, **params: object) -> ValidationError:
    return ValidationError(MESSAGES[code], code=code, params=params or LIMITS.get(code))


def text(field: Field, value: object) -> str | None:
    if not isinstance(value, str):
        raise error("text")
    value = value.strip(TRIMMED)
    if CONTROL.search(value):
        raise error("text_control")
    if len(value) > LONGEST_TEXT:
        raise error("text_long")
    return value or None


def choice(field: Field, value: object) -> str | None:
    chosen = text(field, value)
    if chosen is not None and chosen not in field.choices:
        more = "…" if len(field.choices) > SHOWN_CHOICES else ""
        raise error("unknown_choice", choices=", ".join(field.choices[:SHOWN_CHOICES]) + more)
    return chosen


def number(field: Field, value: object) -> Decimal | None:
    if isinstance(value, str):
        value = value.strip(TRIMMED)
        if not value:
            return None
        if not NUMBER.fullmatch(value):
            raise error("number")
    elif isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise error("number")
    # Python refuses to write larger ones out.
    if isinstance(value, int) and abs(value) >= 10**MOST_DIGITS:
        raise error("number_digits")
    given = Decimal(str(value))
    if not given.is_finite():
        raise error("number")
    return _fitting(given)


def _fitting(given: Decimal) -> Decimal:
    """In its one form: without zeros at the end of a fraction, without an exponent."""
    if abs(given) < 10**MOST_DIGITS:
        rounded = given.quantize(Decimal(1).scaleb(-MOST_DECIMALS)).normalize() + 0
        if rounded == given and len(rounded.as_tuple().digits) <= MOST_DIGITS:
            return rounded
    raise error("number_digits")


def date(field: Field, value: object) -> dt.date | None:
    if isinstance(value, str):
        value = value.strip(TRIMMED)
        if not value:
            return None
        value = _parsed(value)
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise error("date")
    if not EARLIEST <= value <= LATEST:
        raise error("date_range")
    return value


def _parsed(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None


def yes_no(field: Field, value: object) -> bool | None:
    if not isinstance(value, bool):
        raise error("yes_no")
    return value
