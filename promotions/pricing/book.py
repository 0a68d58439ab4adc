"""All that prices are made by, compiled once and shared by the threads of a process.

It is known by the versions that the database's triggers move in the changing transaction. Each
request asks for them together with what it asks about its customer, so that a change is seen by
the next request of every process, however it was made. Scheduled discounts are in the book, so
that they become live by the clock alone.
"""

import datetime as dt
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, Self

import structlog
from django.db import connection

from customers.audiences.facts import VERSION
from promotions import engine
from promotions.catalogue.tree import ancestors
from promotions.engine.compiling import RuleError
from promotions.models import Category, Discount, PointOfSale
from promotions.periods import Limits
from promotions.pricing.aims import Promotions, asks_audiences, followers, promotions_of
from promotions.pricing.parts import Parts
from promotions.pricing.rules import rule_of
from promotions.pricing.sources import Brought, Key, sources
from promotions.pricing.standings import Fresh

log = structlog.get_logger(__name__)
VERSIONS = f"""
    coalesce((SELECT number FROM promotions_rulesversion), 0),
    coalesce((SELECT number FROM promotions_categoriesversion), 0),
    {VERSION}
"""

LONGEST = dt.timedelta(days=31)
"""So long after it was read a book serves."""
BOOKS_KEPT = 3
"""Of different moments."""


class Version(NamedTuple):
    """Of rules, of the categories' tree, and of what audiences and groups mean."""

    rules: int
    categories: int
    audiences: int


@dataclass(frozen=True)
class Book:
    """What is live or scheduled from `since` on, as of one version. Never changed, except that
    those who draw answers keep in `drawn` what they made of it.
    """

    version: Version
    since: dt.datetime
    rules: engine.RuleBook = field(default_factory=lambda: engine.compile_rules([]))
    by_key: dict[Key, engine.Rule] = field(default_factory=dict)
    names: Mapping[Key, str] = field(default_factory=dict)
    """Also of offers whose rules are shoppers' own."""
    names_of_sets: Mapping[Key, list[str]] = field(default_factory=dict)
    brought: Mapping[str, Brought] = field(default_factory=dict)
    """By the sources that there were."""
    limits: Mapping[Key, Limits] = field(default_factory=dict)
    """Of the offers that have some."""
    fresh: Fresh = field(default_factory=lambda: Fresh({}, {}))
    promotions: Promotions = field(default_factory=Promotions)
    points_of_sale: Mapping[str, PointOfSale] = field(default_factory=dict)
    ancestors: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Of each category itself and all above it."""
    followers: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Customer groups that follow an audience, by it."""
    aimed: Mapping[Key, engine.Rule] = field(default_factory=dict)
    """The rules that ask for groups or audiences."""
    personal: Mapping[Key, frozenset[int]] = field(default_factory=dict)
    """Of the rules with sets that are each customer's own: by which personalized promotions."""
    members: frozenset[Key] = frozenset()
    """The rules that are for whoever is known."""
    drawn: dict[Any, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, version: Version, at: dt.datetime) -> Self:
        """Nine queries, and those of the sources. What is read may be newer than `version`, never
        older.
        """
        discounts = list(Discount.objects.ahead(at))
        parts = Parts([each.pk for each in discounts])
        found = {each.origin: each.read(at) for each in sources()}
        compiled = _compiled([rule_of(each, parts) for each in discounts], found.values())
        rules = compiled.rules
        limits = _limits(discounts, found)
        categories = Category.objects.values_list("pk", flat=True)
        return cls(
            version,
            at,
            rules=compiled,
            by_key={rule.key: rule for rule in rules},
            names=_names(discounts, found.values()),
            names_of_sets={
                ("discount", each.pk): [part.name for part in parts.sets.get(each.pk, ())]
                for each in discounts
            },
            brought=found,
            limits=limits,
            fresh=Fresh.of(limits),
            promotions=Promotions.named_by(rules),
            points_of_sale={each.key: each for each in PointOfSale.objects.all()},
            ancestors=ancestors(categories),
            followers=followers(),
            aimed={rule.key: rule for rule in rules if asks_audiences(rule)},
            personal={rule.key: own for rule in rules if (own := frozenset(promotions_of(rule)))},
            members=frozenset(rule.key for rule in rules if rule.members),
        )

    @cached_property
    def asks_audiences(self) -> bool:
        """Whether it matters in which groups and audiences a shopper is."""
        return bool(self.aimed) or any(each.asks_audiences for each in self.brought.values())

    @cached_property
    def limited(self) -> Mapping[str, list[int]]:
        """By origin, the offers that have limits."""
        found: dict[str, list[int]] = defaultdict(list)
        for origin, pk in self.limits:
            found[origin].append(pk)
        return dict(found)

    def holds(self, version: Version, at: dt.datetime) -> bool:
        """Not for long after `since`: who asks about years ago doesn't have everybody carry what
        ended meanwhile.
        """
        return self.version == version and self.since <= at < self.since + LONGEST


def _compiled(rules: list[engine.Rule], brought: Iterable[Brought]) -> engine.RuleBook:
    """Forms refuse what could not be computed; what came another way gives nothing."""
    rules = [*rules, *(rule for each in brought for rule in each.rules)]
    programme = next(filter(None, (each.programme for each in brought)), engine.Programme())
    try:
        return engine.compile_rules(rules, programme)
    except RuleError:  # Compiling looks for faults itself: they are sought again only here.
        return engine.compile_rules(filter(_is_sound, rules), programme)


def _is_sound(rule: engine.Rule) -> bool:
    if faults := engine.faults(rule):
        log.warning("offer_left_out", origin=rule.origin, offer=rule.id, faults=list(faults))
    return not faults


def _limits(discounts: Iterable[Discount], brought: Mapping[str, Brought]) -> dict[Key, Limits]:
    limits = {("discount", each.pk): found for each in discounts if (found := Limits.of(each))}
    for origin, each in brought.items():
        limits.update({(origin, pk): found for pk, found in each.limits.items()})
    return limits


def _names(discounts: Iterable[Discount], brought: Iterable[Brought]) -> dict[Key, str]:
    names = {("discount", each.pk): each.name for each in discounts}
    for each in brought:
        names.update(each.names)
    return names


_reading = threading.Lock()
_known: tuple[Book, ...] = (
    Book(version=Version(-1, -1, -1), since=dt.datetime.min.replace(tzinfo=dt.UTC)),
)
"""The one that was asked for last comes first."""


def latest_book() -> Book:
    """The one that was asked for last, whatever the database says by now. No query."""
    return _known[0]


def known_book(version: Version, at: dt.datetime) -> Book:
    """The book of that version or a newer one, with all that has not ended by `at`.

    No query while nothing changes.
    """
    global _known
    if _known[0].holds(version, at):
        return _known[0]
    if connection.in_atomic_block:
        # It may be undone and, until then, changes without another version.
        return Book.read(version, at)
    with _reading:
        held = (each for each in _known if each.holds(version, at))
        book = next(held, None) or Book.read(version, at)
        others = [each for each in _known if each.version == version and each is not book]
        _known = (book, *others[: BOOKS_KEPT - 1])
        return book
