"""What somebody asks of the page, as it is typed: from its form, and in its address.

An address holds everything, so that it can be shared and kept. Customers stand in it by their
number only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Self

from django.http import QueryDict
from django.utils.http import urlencode

LINE, SEPARATOR = "line", "~"
FIELDS = ("point_of_sale", "at", "customer", "points_to_spend")
EMPTY_ROWS = 3
MOST_ROWS = 300
"""Three fields each, of the thousand that a form may send."""


@dataclass(frozen=True)
class Row:
    """A line of the basket; without a price, its product's usual one."""

    product: str = ""
    quantity: str = ""
    price: str = ""

    @classmethod
    def from_address(cls, text: str) -> Self:
        parts = text.rsplit(SEPARATOR, 2)
        return cls(*(part.strip() for part in parts))

    def __str__(self) -> str:
        return SEPARATOR.join((self.product, self.quantity or "1", self.price))

    @property
    def is_empty(self) -> bool:
        return not (self.product or self.price)


@dataclass(frozen=True)
class Asked:
    fields: Mapping[str, str]
    """Of FIELDS, those that were given."""
    rows: tuple[Row, ...] = ()
    """Without empty ones."""

    @classmethod
    def from_address(cls, query: QueryDict) -> Self:
        return cls(_fields(query), _filled(map(Row.from_address, query.getlist(LINE))))

    @classmethod
    def from_form(cls, sent: QueryDict) -> Self:
        columns = (sent.getlist(name) for name in ("product", "quantity", "price"))
        rows = (Row(*(cell.strip() for cell in cells)) for cells in zip(*columns, strict=False))
        return cls(_fields(sent), _filled(rows))

    def with_rows(self, rows: Iterable[Row]) -> Self:
        return replace(self, rows=tuple(rows))

    def with_fields(self, fields: Mapping[str, str]) -> Self:
        return replace(self, fields={**self.fields, **fields})

    def address(self) -> str:
        """The part after "?"."""
        named = [(name, self.fields[name]) for name in FIELDS if self.fields.get(name)]
        return urlencode([*named, *((LINE, str(row)) for row in self.rows)])


def _fields(given: QueryDict) -> dict[str, str]:
    return {name: given.get(name, "").strip() for name in FIELDS if name in given}


def _filled(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(row for row in rows if not row.is_empty)
