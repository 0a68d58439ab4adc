"""What cells of files, and the API, say of an item: one rule for both."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from customers.identity import TRIMMED
from imports.resources import Text
from loyalty.moments import Written, read_moment

NUMBER = re.compile(r"[0-9]{1,11}(?:\.[0-9]{1,3})?")
DAY = dt.timedelta(days=1)
Rule = Callable[[str], str]
"""The stored form of a cell that is not empty; raises ValidationError."""
PREFERENCES = {"discount": "d", "points": "p", "bonus points": "p"}
METHODS = {"percent": "%", "percentage": "%", "%": "%", "amount": "a", "fixed": "a"}

CELL_REASONS: Mapping[str, Text] = {
    "preference": _("Write discount or points, or leave it empty."),
    "method": _("Write percent or amount, or leave it empty."),
    "value": _("Write a number like 30 or 12.50, without a sign or a currency."),
    "start": _("Write when it begins like 2026-09-01 or 2026-09-01 08:00."),
    "end": _("Write its last day like 2026-09-15, or its end like 2026-09-15 20:00."),
    "threshold": _("Write the threshold as a number like 1000 or 1800.50."),
}


def clean_preference(text: str) -> str:
    """The letter by which it is stored. Raises ValidationError, as all these do."""
    return _known(PREFERENCES, text, "preference")


def clean_method(text: str) -> str:
    return _known(METHODS, text, "method")


def _known(words: Mapping[str, str], text: str, code: str) -> str:
    found = words.get(" ".join(text.lower().split()))
    if found is None:
        raise _refusal(code)
    return found


def clean_value(text: str) -> str:
    """Without needless zeros."""
    return _number(text, "value")


def clean_threshold(text: str) -> str:
    return _number(text, "threshold")


def _number(text: str, code: str) -> str:
    trimmed = text.strip(TRIMMED)
    if not NUMBER.fullmatch(trimmed):
        raise _refusal(code)
    return format(Decimal(trimmed).normalize(), "f")


def clean_start(text: str) -> str:
    """A moment on the clock of the offer's zone; of a day its beginning."""
    return _moment(text, "start").moment.isoformat(" ")


def clean_end(text: str) -> str:
    """The moment from which it is over: of a day the beginning of the next."""
    moment, is_day = _moment(text, "end")
    return (moment + DAY if is_day else moment).isoformat(" ")


def _moment(text: str, code: str) -> Written:
    try:
        written = read_moment(text)
    except ValueError as error:
        raise _refusal(code) from error
    if written.moment.tzinfo:
        raise _refusal(code)
    return written


def _refusal(code: str) -> ValidationError:
    return ValidationError(str(CELL_REASONS[code]), code=code)
