"""Checks of the values in conditions. Each raises ValidationError."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from customers.attributes.fields import Field
from customers.models import AttributeType

MOST_VALUES = 1000


def as_attribute(rule: Callable[[Field, object], Any], type_: AttributeType, value: object) -> Any:
    """What would be an attribute's value of that type."""
    cleaned = None if value is None else rule(Field("", "", type_), value)
    if cleaned is None:
        raise ValidationError(_("A value is needed."))
    return cleaned


def clean_list(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise ValidationError(_("Choose at least one."))
    if len(value) > MOST_VALUES:
        raise ValidationError(_("Give at most %(number)d values.") % {"number": MOST_VALUES})
    return value


def clean_whole(value: Any, least: int, most: int) -> int:
    is_whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    if isinstance(value, bool) or not is_whole or not least <= value <= most:
        raise ValidationError(_("Write a whole number from %(least)d to %(most)d.") % {
            "least": least, "most": most})  # fmt: skip
    return int(value)
