"""All that prices are made by, compiled once and shared by the threads of a process.

It is known by the versions that the database's triggers move in the changing transaction. Each
request asks for them together with what it asks about its customer, so that a change is seen by
the next request of every process, however it was made. Scheduled discounts are in the book, so
that they become live by the clock alone.
"""

import datetime as dt
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

import structlog
from django.db import connection

from customers.audiences.facts import VERSION
from customers.models import CustomerGroup
from promotions import engine
from promotions.catalogue.tree import ancestors
from promotions.engine.compiling import RuleError
from promotions.models import Category, Discount, PersonalizedPromotion, PointOfSale
from promotions.periods import Limits
from promotions.pricing.parts import Parts
from promotions.pricing.rules import rule_of
from promotions.pricing.standings import Fresh

log = structlog.get_logger(__name__)
Key = tuple[str, int]
"""The kind of an offer, and its id."""

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
class Promotions:
    """The personalized promotions that rules name, for which shoppers are asked."""

    names: Mapping[int, str] = field(default_factory=dict)
    of_employees: Mapping[int, bool] = field(default_factory=dict)
    defaults: tuple[tuple[int, int], ...] = ()
    """Promotion and product."""


@dataclass(frozen=True)
class Book:
    """What is live or scheduled from `since` on, as of one version. Never changed, except that
    those who draw answers keep in `drawn` what they made of it.
    """

    version: Version
    since: dt.datetime
    rules: engine.RuleBook = field(default_factory=lambda: engine.compile_rules([]))
    by_key: Mapping[Key, engine.Rule] = field(default_factory=dict)
    names: Mapping[Key, str] = field(default_factory=dict)
    names_of_sets: Mapping[Key, list[str]] = field(default_factory=dict)
    limits: Mapping[int, Limits] = field(default_factory=dict)
    """Of the discounts that have some."""
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
    drawn: dict[Any, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, version: Version, at: dt.datetime) -> Self:
        """Nine queries. What is read may be newer than `version`, never older."""
        discounts = list(Discount.objects.ahead(at))
        parts = Parts([each.pk for each in discounts])
        compiled = _compiled([rule_of(each, parts) for each in discounts])
        rules = compiled.rules
        limits = {each.pk: found for each in discounts if (found := Limits.of(each))}
        categories = Category.objects.values_list("pk", flat=True)
        return cls(
            version,
            at,
            rules=compiled,
            by_key={rule.key: rule for rule in rules},
            names={("discount", each.pk): each.name for each in discounts},
            names_of_sets={
                ("discount", each.pk): [part.name for part in parts.sets.get(each.pk, ())]
                for each in discounts
            },
            limits=limits,
            fresh=Fresh.of(limits),
            promotions=_promotions(rules),
            points_of_sale={each.key: each for each in PointOfSale.objects.all()},
            ancestors=ancestors(categories),
            followers=_followers(),
            aimed={rule.key: rule for rule in rules if _is_aimed(rule)},
            personal={rule.key: own for rule in rules if (own := frozenset(promotions_of(rule)))},
        )

    def holds(self, version: Version, at: dt.datetime) -> bool:
        """Not for long after `since`: who asks about years ago doesn't have everybody carry what
        ended meanwhile.
        """
        return self.version == version and self.since <= at < self.since + LONGEST


def _compiled(rules: list[engine.Rule]) -> engine.RuleBook:
    """Forms refuse what could not be computed; what came another way gives no discount."""
    try:
        return engine.compile_rules(rules)
    except RuleError:  # Compiling looks for faults itself: they are sought again only here.
        return engine.compile_rules(filter(_is_sound, rules))


def _is_sound(rule: engine.Rule) -> bool:
    if faults := engine.faults(rule):
        log.warning("discount_left_out", discount=rule.id, faults=list(faults))
    return not faults


def promotions_of(rule: engine.Rule) -> Iterator[int]:
    """The personalized promotions that it names."""
    return (each.goods.promotion for each in rule.sets if each.goods.promotion is not None)


def _promotions(rules: Iterable[engine.Rule]) -> Promotions:
    """One query."""
    goods = {each.goods for rule in rules for each in rule.sets}
    named = {each for rule in rules for each in promotions_of(rule)}
    found = list(PersonalizedPromotion.objects.filter(pk__in=named))
    employees = PersonalizedPromotion.Users.EMPLOYEES
    return Promotions(
        {each.pk: each.name for each in found},
        {each.pk: each.users == employees for each in found},
        tuple(
            (each.promotion, each.default)
            for each in goods
            if each.promotion is not None and each.default is not None
        ),
    )


def _followers() -> dict[int, tuple[int, ...]]:
    """One query."""
    following: dict[int, tuple[int, ...]] = {}
    groups = CustomerGroup.objects.filter(audience__isnull=False)
    for group, audience in groups.values_list("pk", "audience_id"):
        following[audience] = (*following.get(audience, ()), group)
    return following


def _is_aimed(rule: engine.Rule) -> bool:
    asked = any(isinstance(each, engine.InGroups | engine.InAudiences) for each in rule.conditions)
    return bool(asked or rule.groups or rule.audiences)


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
