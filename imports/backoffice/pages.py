"""Where a page of a list stands among the others, in numbers and in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from imports.backoffice.counting import Count, Precision

SIZES = (10, 25, 50, 100)


def entries_per_page(asked: str | None) -> int:
    """How many entries to show (T5): 10 unless asked otherwise, never under 10 or over 100."""
    if asked is None or not asked.isascii() or not asked.isdigit():
        return SIZES[0]
    return min(max(int(asked[:4]), SIZES[0]), SIZES[-1])


@dataclass(frozen=True)
class Position:
    """A page by its number; beyond the numbered ones, the row beside which it lies counts."""

    number: int
    row: Any = None
    backwards: bool = False


@dataclass(frozen=True)
class Pages:
    """What the foot of a list says and links to (T9). `link` turns parameters into an address."""

    position: Position
    size: int
    count: Count
    reach: int
    rows: list[Any]
    more: bool
    link: Callable[[dict[str, Any]], str]

    @property
    def sentence(self) -> str:
        figures = {
            "first": number_format(self.first, force_grouping=True),
            "last": number_format(self.last, force_grouping=True),
            "count": self.count,
        }
        if self.count.precision is Precision.ABOUT:
            return _("Showing %(first)s to %(last)s of about %(count)s entries") % figures
        if self.count.precision is Precision.MORE_THAN:
            return _("Showing %(first)s to %(last)s of more than %(count)s entries") % figures
        return _("Showing %(first)s to %(last)s of %(count)s entries") % figures

    @property
    def first(self) -> int:
        return (self.position.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return (self.position.number - 1) * self.size + len(self.rows)

    @property
    def numbers(self) -> list[dict[str, Any]]:
        """The numbered pages around this one, gaps as pages without an address."""
        paginator = Paginator(range(self.reach), 1)
        here = min(self.position.number, self.reach)
        found = [
            {
                "label": label,
                "url": self.link({"p": label}) if isinstance(label, int) else None,
                "current": label == self.position.number,
            }
            for label in paginator.get_elided_page_range(here, on_each_side=2, on_ends=1)
        ]
        if self.position.number > self.reach:
            gap, here_only = str(Paginator.ELLIPSIS), number_format(self.position.number)
            found.append({"label": gap, "url": None, "current": False})
            found.append({"label": here_only, "url": None, "current": True})
        elif self.more and not self.count.is_exact:
            found.append({"label": str(Paginator.ELLIPSIS), "url": None, "current": False})
        return found

    @property
    def previous_url(self) -> str | None:
        if self.position.number == 1:
            return None
        return self._url(self.position.number - 1, "before", self.rows[:1])

    @property
    def next_url(self) -> str | None:
        if not self.more:
            return None
        return self._url(self.position.number + 1, "after", self.rows[-1:])

    def _url(self, number: int, direction: str, beside: list[Any]) -> str:
        if number <= self.reach or not beside:
            return self.link({"p": number})
        return self.link({"p": number, direction: beside[0].pk})


def pages_in_reach(count: Count, *, size: int, limit: int) -> int:
    """How many pages have a number to click: those that OFFSET finds cheaply."""
    return max(1, -(-min(count.number, limit) // size))
