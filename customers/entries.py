"""What another system says of a customer: read, checked, in the form in which it is stored."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from customers.attributes import rules
from customers.attributes.fields import Field
from customers.attributes.values import Value, clean
from customers.cells import LONGEST_EXTERNAL_ID, LONGEST_NAME
from customers.identity import TRIMMED, normalize_email, normalize_phone
from customers.models import AttributeType

IDENTITIES = ("external_id", "email", "phone")
"""The strongest first."""


class Refusal(Exception):  # noqa: N818 it is an answer, not a fault
    """Why an entry can't be taken; `detail` says what to do and repeats nothing personal."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code)
        self.code, self.detail = code, str(detail)


@dataclass(frozen=True)
class Entry:
    """Fields of Customer, and values of attributes by key. What isn't there stays as it is."""

    fields: Mapping[str, Any]
    values: Mapping[str, Value | None]

    @property
    def identities(self) -> dict[str, str]:
        return {name: self.fields[name] for name in IDENTITIES if name in self.fields}


def read_entry(
    given: Mapping[str, Any], attributes: Mapping[str, Field], *, today: dt.date
) -> Entry:
    """The entry of what was sent, null for what is to be removed. Raises Refusal.

    An identity that is null stays as it is.
    """
    said = {**given}
    values = said.pop("attributes", None) or {}
    said = {n: said[n] for n in said if n not in IDENTITIES or (said[n] or "").strip(TRIMMED)}
    mistakes: list[str] = []

    def cleaned(name: str, rule: Callable[[Any], Any], value: Any) -> Any:
        try:
            return rule(value)
        except ValidationError as error:
            mistakes.append(f"{name}: {error.messages[0]}")

    entry = Entry(
        {name: cleaned(name, RULES[name], said[name]) for name in said},
        {
            key: cleaned(f"attributes.{key}", _rule(attributes[key]), value)
            for key, value in values.items()
            if key in attributes
        },
    )
    if unknown := sum(key not in attributes for key in values):
        known = ", ".join(attributes) or "–"
        text = _("%(number)d are not defined. Known are: %(known)s.")
        mistakes.append("attributes: " + text % {"number": unknown, "known": known})
    if (born := entry.fields.get("birth_date")) and born > today:
        mistakes.append("birth_date: " + _("It is in the future."))
    if mistakes:
        raise Refusal("invalid", " ".join(mistakes))
    return entry


def _rule(attribute: Field) -> Callable[[Any], Value | None]:
    return lambda value: clean(attribute, value)


def _line(limit: int) -> Callable[[str | None], str]:
    def line(text: str | None) -> str:
        text = (text or "").strip(TRIMMED)
        if rules.CONTROL.search(text):
            raise rules.error("text_control")
        if len(text) > limit:
            raise rules.error("text_long", limit=limit)
        return text

    return line


NO_FIELD = Field("", "", AttributeType.DATE)
RULES: dict[str, Callable[[Any], Any]] = {
    "external_id": _line(LONGEST_EXTERNAL_ID),
    "email": normalize_email,
    "phone": normalize_phone,
    "first_name": _line(LONGEST_NAME),
    "last_name": _line(LONGEST_NAME),
    "birth_date": lambda text: None if text is None else rules.date(NO_FIELD, text),
}
