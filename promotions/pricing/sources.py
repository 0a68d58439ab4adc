"""Where offers come from that the rooms above keep: what they add to a book, and what one shopper
brings.

A source is registered when its app is loaded; books are read with all that are. It is asked three
things: with a book, what it adds for everybody; with each shopper, by an expression in the one
statement about who buys; and what that expression's value means. So it costs no way to the
database of its own.
"""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from customers.references import declare
from promotions import engine
from promotions.limits import DISCOUNTS, Limited
from promotions.periods import Limits

Key = tuple[str, int]
"""The kind of an offer, and its id."""


@dataclass(frozen=True)
class Brought:
    """What a source adds to a book. All keys have the source's origin."""

    rules: Sequence[engine.Rule] = ()
    """For everybody, compiled with the discounts."""
    names: Mapping[Key, str] = field(default_factory=dict)
    """Of all its offers, also of those whose rules are shoppers' own."""
    limits: Mapping[int, Limits] = field(default_factory=dict)
    """By the offer's id; of those that have some."""
    asks_audiences: bool = False
    """Whether shoppers' own rules name audiences or groups."""
    programme: engine.Programme | None = None
    """What holds for all points, if this source is the one to say so."""
    kept: Any = None
    """What the source itself wants back with each shopper."""


@dataclass(frozen=True)
class Own:
    """What one shopper brings."""

    rules: tuple[engine.Rule, ...] = ()
    answers: Mapping[tuple[str, int, int], bool] = field(default_factory=dict)
    """To what asks for consent: by origin, id and item."""


NOTHING_OWN = Own()


class Source(ABC):
    """One kind of offers."""

    origin: ClassVar[str]
    limited: ClassVar[Limited | None] = None
    """Where its uses are counted, if its offers may have limits."""

    @abstractmethod
    def read(self, at: dt.datetime) -> Brought:
        """What is live or scheduled from `at` on, in a fixed number of queries."""

    @abstractmethod
    def question(self, brought: Brought) -> str:
        """SQL of one value about the row `customer` of customers_customer, all of whose columns
        are null for who is not known. Without parameters and without per cent signs.
        """

    @abstractmethod
    def own(self, brought: Brought, answer: Any, at: dt.datetime) -> Own:
        """What that value means for who is asked about. No query."""


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Before the first book is read. Raises ValueError if another has its origin."""
    if source.origin in _sources:
        raise ValueError(f"another source has the origin {source.origin}")
    _sources[source.origin] = source
    if source.limited:
        declare(source.limited.uses, "customer_id")


def sources() -> tuple[Source, ...]:
    """In the order in which they were registered."""
    return tuple(_sources.values())


def own_of(brought: Mapping[str, Brought], answered: Mapping[str, Any], at: dt.datetime) -> Own:
    """What somebody known brings, of the sources that answered. No query."""
    found = [
        source.own(brought[source.origin], answered[source.origin], at)
        for source in sources()
        if source.origin in answered
    ]
    if len(found) == 1:
        return found[0]
    return Own(
        tuple(rule for each in found for rule in each.rules),
        {item: answer for each in found for item, answer in each.answers.items()},
    )


def limited_kinds() -> Mapping[str, Limited]:
    """By origin, where uses are counted; in the order in which they are locked."""
    others = {each.origin: each.limited for each in sources() if each.limited}
    return {"discount": DISCOUNTS, **others}
