"""The attributes as columns of a file: what belongs in them, an example, and the way out."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from customers.attributes.cells import PREFIX
from customers.attributes.fields import LIST_SEPARATOR, MOST_DECIMALS, MOST_DIGITS, Field
from customers.attributes.rules import SHOWN_CHOICES
from customers.attributes.values import Value, from_json, write
from customers.models import AttributeType
from customers.models.attributes import LONGEST_TEXT
from imports.resources import Column, Row, Text

HELP: dict[AttributeType, Text] = {
    AttributeType.TEXT: _("Up to %(longest)d characters."),
    AttributeType.NUMBER: _(
        "A number like 12.5: at most %(digits)d digits, at most %(decimals)d behind the point."
    ),
    AttributeType.DATE: _("Year, month and day: 1990-02-14."),
    AttributeType.YES_NO: _("yes or no."),
    AttributeType.CHOICE: _("One of: %(choices)s."),
    AttributeType.DATES: _("Dates like 2019-05-01, separated by %(separator)s"),
    AttributeType.CHOICES: _("Of these, separated by %(separator)s: %(choices)s."),
}
EXAMPLES = {
    AttributeType.TEXT: "Abc",
    AttributeType.NUMBER: "12.5",
    AttributeType.DATE: "1990-02-14",
    AttributeType.YES_NO: "yes",
    AttributeType.DATES: LIST_SEPARATOR.join(("2019-05-01", "2021-08-30")),
}


def attribute_columns(fields: Iterable[Field]) -> dict[str, Column]:
    """By the keys that customers.attributes.cells knows."""
    return {PREFIX + field.key: Column(field.key, help=_help(field)) for field in fields}


def example_cell(field: Field) -> str:
    if field.type == AttributeType.CHOICE:
        return field.choices[0]
    if field.type == AttributeType.CHOICES:
        return LIST_SEPARATOR.join(field.choices[:2])
    return EXAMPLES[field.type]


def stored_columns(fields: Iterable[Field]) -> list[str]:
    """What `cells_of` needs to know of a customer, in this order."""
    return [field.column for field in fields if field.column] + ["attributes"]


def cells_of(fields: list[Field]) -> Callable[[Row], list[str]]:
    """A function that makes the cells, in the order of `fields`, of those columns' values."""
    places = {name: number for number, name in enumerate(stored_columns(fields))}

    def cell(field: Field, row: Row) -> str:
        if field.column:
            return write(field, _value(row[places[field.column]]))
        return write(field, from_json(field, row[-1].get(field.key)))

    return lambda row: [cell(field, row) for field in fields]


def _value(stored: Any) -> Value | None:
    value: Value | None = tuple(stored) if isinstance(stored, list) else stored
    return value


def _help(field: Field) -> str:
    shown = ", ".join(field.choices[:SHOWN_CHOICES])
    text = str(HELP[field.type]) % {
        "longest": LONGEST_TEXT,
        "digits": MOST_DIGITS,
        "decimals": MOST_DECIMALS,
        "separator": LIST_SEPARATOR,
        "choices": shown + ("…" if len(field.choices) > SHOWN_CHOICES else ""),
    }
    return f"{field.label}: {text}"
