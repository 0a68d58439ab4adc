"""By what somebody may be named, and whether a text or a cell names them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db.models import Q

from customers.identity import BETWEEN_DIGITS, TRIMMED, normalize_email
from customers.models import Customer
from imports.cells import original
from imports.models import UndoRecord

EXTERNAL_ID = "external id"  # the column, in lower case
SEPARATORS = re.compile(r'[,;|\t\r\n"]')


@dataclass(frozen=True)
class Person:
    """Somebody who is to be erased, with all that is theirs alone.

    `ids` are of customers: theirs, then prospects that are former addresses of theirs.
    """

    ids: tuple[int, ...]
    users: tuple[int, ...]
    emails: frozenset[str]
    phones: frozenset[str]
    external_ids: frozenset[str]
    names: frozenset[str]

    @cached_property
    def needles(self) -> tuple[str, ...]:
        """Texts of which a line that names them has one, in small letters."""
        local_parts = {f"{email.rpartition('@')[0]}@" for email in self.emails}
        numbers = {f"id:{number}" for number in self.ids}
        return tuple(local_parts | self.phones | {e.lower() for e in self.external_ids} | numbers)

    def may_be_in(self, text: str) -> bool:
        """Quickly, of many lines at once: false only if none of them names the person."""
        lower = text.lower()
        close = BETWEEN_DIGITS.sub("", lower)
        return any(needle in lower or needle in close for needle in self.needles)

    @cached_property
    def _written_out(self) -> re.Pattern[str]:
        """An e-mail of theirs amid other text, and not as a part of another's address."""
        one_of = "|".join(re.escape(email) for email in sorted(self.emails)) or "(?!)"
        return re.compile(rf"(?<![a-z0-9._%+-])(?:{one_of})(?![a-z0-9-]|\.[a-z0-9])")

    def is_named_by(self, header: Iterable[str], cells: Iterable[str]) -> bool:
        """Whether a line names them in any column, written in any way that imports take."""
        columns = [name.strip().casefold() for name in header]
        for number, cell in enumerate(cells):
            column = columns[number] if number < len(columns) else ""
            if self._written_out.search(cell.lower()):
                return True
            if any(self._is(column, text) for text in _texts(cell)):
                return True
        return False

    def _is(self, column: str, text: str) -> bool:
        kind, mark, value = text.partition(":")
        if mark and kind.lower() in ("id", "email", "phone", "external"):
            column, text = EXTERNAL_ID if kind.lower() == "external" else "", value.strip(TRIMMED)
            if kind.lower() == "id":
                return text in map(str, self.ids)
        if "@" in text:
            return _normal(text) in self.emails
        if BETWEEN_DIGITS.sub("", text) in self.phones:
            return True
        # Anywhere else an external ID could be any number.
        return column == EXTERNAL_ID and text in self.external_ids


def find(customer: Customer) -> Person:
    """The person behind a customer. Three queries.

    Former addresses and numbers count as far as imports remember them and nobody else has them.
    """
    user = customer.user
    texts = {customer.email, customer.phone, user.email if user else None, *_former(customer.pk)}
    emails = {text for text in texts if text and "@" in text}
    phones = {text for text in texts if text and re.fullmatch("[0-9]{8,15}", text)}
    others = Customer.objects.exclude(pk=customer.pk).filter(
        Q(email__in=emails) | Q(phone__in=phones)
    )
    prospects = []
    for other in others:
        if other.is_prospect:
            prospects.append(other.pk)
        else:
            emails.discard(other.email or "")
            phones.discard(other.phone or "")
    people = [each for each in (customer, user) if each]
    return Person(
        ids=(customer.pk, *sorted(prospects)),
        users=(user.pk,) if user else (),
        emails=frozenset(emails),
        phones=frozenset(phones),
        external_ids=frozenset([customer.external_id] if customer.external_id else []),
        names=frozenset(
            n for each in people if (n := f"{each.first_name} {each.last_name}".strip())
        ),
    )


def _former(number: int) -> Iterator[str]:
    """What stood in the customer's row before imports that can be undone."""
    records = UndoRecord.objects.filter(
        job__type="customers", ids__contains=[number], rows__isnull=False
    )
    for ids, rows in records.values_list("ids", "rows"):
        yield from _strings(rows[ids.index(number)])  # type: ignore[index,union-attr] # not NULL


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def _texts(cell: str) -> Iterator[str]:
    """A cell, and its parts: a line with broken quotes stands in one cell, uncut."""
    yield original(cell).strip(TRIMMED)
    if SEPARATORS.search(cell):
        for part in SEPARATORS.split(cell):
            yield original(part).strip(TRIMMED)


def _normal(text: str) -> str:
    try:
        return normalize_email(text)
    except ValidationError:
        return text.lower()
