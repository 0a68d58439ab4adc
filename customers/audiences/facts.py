"""What is known of one customer, as far as conditions can ask for it.

All of it comes in one row. A statement that asks for more of the customer puts COLUMNS, or the
columns of an `Asked`, at the end of its own (FROM customers_customer AS customer), and gives that
part of the row to `Facts` or to the `Asked`.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from customers.audiences.fields import BUILT_IN, GROUPS, ConditionField
from customers.models import AttributeType
from customers.models.attributes import STANDARD

CONTENTS = {
    "is_prospect": "customer.is_prospect",
    "attributes": "customer.attributes",
    "static": "ARRAY(SELECT audience_id FROM customers_audiencemember"
    " WHERE customer_id = customer.id)",
    **{key: f"customer.{key}" for key in (*BUILT_IN, *STANDARD)},
    "registered": "customer.created_at",
    "signed_in": "customer.user_id IS NOT NULL",
    GROUPS: "ARRAY(SELECT group_id FROM customers_groupmember WHERE customer_id = customer.id)",
}
COLUMNS = ", ".join(CONTENTS.values())
"""SQL of what `Facts` are made of, in its order."""
WIDTH = len(CONTENTS)
PLACES = {name: place for place, name in enumerate(CONTENTS)}
VERSION = "coalesce((SELECT number FROM customers_audienceversion), 0)"
"""SQL of the number by which `known_audiences` knows the audiences."""


class Facts:
    """A customer as conditions see it, made of the values of COLUMNS."""

    __slots__ = ("row",)

    def __init__(self, row: Sequence[Any]) -> None:
        self.row = row

    @property
    def is_prospect(self) -> bool:
        return bool(self.row[PLACES["is_prospect"]])

    @property
    def static_audiences(self) -> list[int]:
        """The fixed audiences that the customer is in."""
        ids: list[int] = self.row[PLACES["static"]]
        return ids

    def stored(self, field: ConditionField) -> Any:
        """What the database has for the field: a list, one value, or None."""
        if field.is_custom:
            return self.row[PLACES["attributes"]].get(field.key)
        return self.row[PLACES[field.key]]

    def items(self, field: ConditionField, at: dt.datetime) -> Sequence[Any]:
        """What primitives are asked about: entries of a list, the one value, or nothing."""
        return items(field, self.stored(field), at)


class Asked:
    """Only what some conditions look at: a third of a statement's time goes to sending the rest."""

    def __init__(self, fields: Iterable[ConditionField]) -> None:
        named = {"attributes" if field.is_custom else field.key for field in fields}
        named |= {"is_prospect", "static", GROUPS}
        self.places = [place for name, place in PLACES.items() if name in named]
        self.columns = ", ".join(sql for name, sql in CONTENTS.items() if name in named)

    def facts(self, values: Sequence[Any]) -> Facts:
        """Of the values of `columns`. Nothing else is known of the customer."""
        row = [None] * WIDTH
        for place, value in zip(self.places, values, strict=True):
            row[place] = value
        return Facts(row)


def items(field: ConditionField, stored: Any, at: dt.datetime) -> Sequence[Any]:
    """The items of what is stored. What is of another type than the field's counts for nothing."""
    if stored is None or stored == "":
        return ()
    listed = stored if isinstance(stored, list) else (stored,)
    if field.is_moment:
        return [moment.astimezone(at.tzinfo).date() for moment in listed]
    if not field.is_custom:
        return listed
    read = FROM_JSON[field.type]
    return [item for each in listed if (item := read(each)) is not None]


def _date(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _yes_no(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _number(value: Any) -> Decimal | None:
    # A float is written with as many digits as were stored, up to fifteen.
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return Decimal(str(value)) if is_number else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


FROM_JSON: dict[str, Callable[[Any], Any]] = {
    AttributeType.DATE.value: _date,
    AttributeType.DATES.value: _date,
    AttributeType.YES_NO.value: _yes_no,
    AttributeType.NUMBER.value: _number,
    AttributeType.TEXT.value: _text,
    AttributeType.CHOICE.value: _text,
    AttributeType.CHOICES.value: _text,
}
"""A value or entry of Customer.attributes by its field's type; None if it is not of that type."""
