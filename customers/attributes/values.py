"""One rule for what an attribute may hold, whichever way a value comes in (see fields.py).

What is refused is a ValidationError that says what to write instead; its code is for programs.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from customers.attributes import rules
from customers.attributes.fields import LIST_SEPARATOR, LONGEST_LIST, Field
from customers.identity import TRIMMED
from customers.models import AttributeType, Customer
from customers.models.attributes import STANDARD

Value = str | Decimal | dt.date | bool | tuple[dt.date, ...] | tuple[str, ...]

CLEANERS: dict[AttributeType, Callable[[Field, object], Value | None]] = {
    AttributeType.TEXT: rules.text,
    AttributeType.CHOICE: rules.choice,
    AttributeType.NUMBER: rules.number,
    AttributeType.DATE: rules.date,
    AttributeType.YES_NO: rules.yes_no,
}
FROM_JSON: dict[AttributeType, Callable[[Any], Value]] = {
    AttributeType.TEXT: str,
    AttributeType.CHOICE: str,
    AttributeType.NUMBER: lambda data: Decimal(str(data)).normalize() + 0,
    AttributeType.DATE: dt.date.fromisoformat,
    AttributeType.YES_NO: bool,
    AttributeType.DATES: lambda data: tuple(map(dt.date.fromisoformat, data)),
    AttributeType.CHOICES: lambda data: tuple(map(str, data)),
}
# How an entry is cleaned, and by what entries are ordered.
LISTS: dict[AttributeType, tuple[Callable[[Field, object], Any], Callable[[Field], Any]]] = {
    AttributeType.DATES: (rules.date, lambda field: None),
    AttributeType.CHOICES: (rules.choice, lambda field: field.choices.index),
}


def clean(field: Field, value: object) -> Value | None:
    """The value of what JSON or a form gave, in its one form; None if that is no value."""
    if value is None:
        return None
    if field.type in LISTS:
        if not isinstance(value, list | tuple):
            raise rules.error("list")
        return _list(field, value)
    return CLEANERS[field.type](field, value)


def read(field: Field, text: str) -> Value | None:
    """The value of a cell or an input; None if it is empty."""
    text = text.strip(TRIMMED)
    if not text:
        return None
    if field.type == AttributeType.YES_NO:
        return _yes_or_no(text)
    return clean(field, text.split(LIST_SEPARATOR) if field.type in LISTS else text)


def write(field: Field, value: Value | None) -> str:
    """The cell that `read` understands; empty for no value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return rules.YES[0] if value else rules.NO[0]
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(map(str, value))
    return str(value)


def to_json(value: Value | None) -> Any:
    """As it is stored in Customer.attributes and sent by the API."""
    if isinstance(value, Decimal):
        # A float shows as many digits as a value can have exactly as they were.
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_json(each) for each in value]
    return value


def from_json(field: Field, data: Any) -> Value | None:
    """What `to_json` made JSON of, even if it is no choice any more; None for anything else."""
    try:
        return FROM_JSON[field.type](data) if data is not None else None
    except (ArithmeticError, TypeError, ValueError):
        return None  # left over from an attribute of another type that had the same key


def values_of(customer: Customer, fields: Iterable[Field]) -> dict[str, Value]:
    """What is known of the customer, by key and in the order of `fields`. No query."""
    found = {}
    for field in fields:
        if field.column:
            value = getattr(customer, field.column)
            value = tuple(value) if isinstance(value, list) else value
        else:
            value = from_json(field, customer.attributes.get(field.key))
        if value is not None:
            found[field.key] = value
    return found


def set_values(customer: Customer, values: Mapping[str, Value | None]) -> None:
    """Put cleaned values where they are stored; None removes. Saving is the caller's."""
    attributes = dict(customer.attributes)
    for key, value in values.items():
        if key in STANDARD:
            setattr(customer, key, list(value) if isinstance(value, tuple) else value)
        elif value is None:
            attributes.pop(key, None)
        else:
            attributes[key] = to_json(value)
    customer.attributes = attributes


def _yes_or_no(text: str) -> bool:
    if text.lower() not in rules.YES + rules.NO:
        raise rules.error("yes_no")
    return text.lower() in rules.YES


def _list(field: Field, entries: Iterable[object]) -> Value | None:
    """Nothing twice, dates by time, choices as they are offered."""
    clean_entry, rank = LISTS[field.type]
    found = {entry for each in entries if (entry := clean_entry(field, each)) is not None}
    if len(found) > LONGEST_LIST:
        raise rules.error("list_long")
    return tuple(sorted(found, key=rank(field))) or None
