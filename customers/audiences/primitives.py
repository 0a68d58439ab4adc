"""What every condition comes down to once it is known which day it is.

A handful of tests of the items of a field: a list's entries, the one value of other fields, none
where the value is missing. Python runs them here; storage.py says the same in SQL.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from customers.audiences.calendar import month_day

Range = tuple[Any, Any]


@lru_cache(maxsize=1000)
def lowered(text: str) -> str:
    """In small letters, each for itself, as PostgreSQL does it. Many tests ask for the same."""
    if text.isascii():
        return text.lower()
    return "".join([letter.lower()[0] for letter in text])


class Primitive(Protocol):
    def holds(self, items: Collection[Any]) -> bool:
        """Whether it is true of a customer with these items."""


@dataclass(frozen=True)
class Within:
    """Some item lies in one of the ranges, ends included; None is an open end."""

    ranges: tuple[Range, ...]
    of: str = "value"
    """What of an item: its "value", or a date's "month" or "month_day"."""

    def holds(self, items: Collection[Any]) -> bool:
        return any(
            (low is None or low <= part) and (high is None or part <= high)
            for part in parts(items, self.of)
            for low, high in self.ranges
        )


@dataclass(frozen=True)
class OneOf:
    """Some item is one of the values."""

    values: frozenset[Any]

    def holds(self, items: Collection[Any]) -> bool:
        return not self.values.isdisjoint(items)


@dataclass(frozen=True)
class Having:
    """All of the values are among the items."""

    values: frozenset[Any]

    def holds(self, items: Collection[Any]) -> bool:
        return self.values.issubset(items)


@dataclass(frozen=True)
class Containing:
    """Some item has the text in it, or at its start, whichever way letters are written."""

    text: str
    at_start: bool = False

    def holds(self, items: Collection[str]) -> bool:
        if self.at_start:
            return any(lowered(item).startswith(self.text) for item in items)
        return any(self.text in lowered(item) for item in items)


@dataclass(frozen=True)
class Missing:
    """There is no item."""

    def holds(self, items: Collection[Any]) -> bool:
        return not items


def parts(items: Collection[Any], of: str) -> Collection[Any]:
    """What a Within of that kind compares."""
    if of == "month":
        return [item.month for item in items]
    if of == "month_day":
        return [month_day(item) for item in items]
    return items
