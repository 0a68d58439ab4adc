"""Which of all audiences by conditions hold one customer, in a fraction of a millisecond.

Each audience is a few alternatives (normal.py), each alternative a bit; a customer's features
(features.py) rule alternatives out, a dozen look-ups for all audiences together, and the bits
that are left are the answer. Nothing about customers is stored: a change of them, of an audience
or of the day is seen at once.
"""

import datetime as dt
import threading
from collections.abc import Mapping
from itertools import compress

from django.db import connection

from customers.audiences.facts import COLUMNS, VERSION, Asked, Facts
from customers.audiences.features import Bits, feature
from customers.audiences.fields import condition_fields
from customers.audiences.joined import every
from customers.audiences.normal import Alternative, Aspect, TooWideError, alternatives
from customers.audiences.predicate import Predicate, compile_predicate
from customers.audiences.tree import Node, conditions_of, parse_all
from customers.models import Audience, Customer
from customers.planned import fetch_one

MOST_DAYS = 4
"""Days kept: somewhere it is still yesterday."""
TO_TRUTH = bytes.maketrans(b"01", bytes([False, True]))


class CompiledAudiences:
    """Audiences by id. Threads share it."""

    def __init__(self, nodes: Mapping[int, Node], version: int = 0) -> None:
        self.nodes = nodes
        self.version = version
        self.asked = Asked(each.field for node in nodes.values() for each in conditions_of(node))
        """What a statement has to bring, for `holding` to say the truth."""
        self.days: dict[dt.date, _Day] = {}

    def holding(self, facts: Facts, at: dt.datetime) -> frozenset[int]:
        """The audiences that the customer is in `at`. No query. Prospects are in none."""
        if facts.is_prospect:
            return frozenset()
        today = at.date()
        # Asked for once: another thread may empty what is kept at any time.
        day = self.days.get(today)
        if day is None:
            if len(self.days) >= MOST_DAYS:
                self.days.clear()
            day = self.days[today] = _Day(self.nodes, today)
        return day.holding(facts, at)


class _Day:
    """All conditions as of one day."""

    def __init__(self, nodes: Mapping[int, Node], today: dt.date) -> None:
        self.owners: list[int] = []
        self.wide: dict[int, Predicate] = {}
        tests: dict[Aspect, Bits] = {}
        for number, node in nodes.items():
            try:
                found = alternatives(node, today)
            except TooWideError:
                self.wide[number] = compile_predicate(node)
                continue
            for alternative in found:
                self.add(number, alternative, tests)
        self.features = [feature(aspect, of_aspect) for aspect, of_aspect in tests.items()]
        self.everything = (1 << len(self.owners)) - 1
        self.highest_first = self.owners[::-1]

    def add(self, number: int, alternative: Alternative, tests: dict[Aspect, Bits]) -> None:
        bit = 1 << len(self.owners)
        self.owners.append(number)
        for aspect, asked in alternative.items():
            known = tests.setdefault(aspect, {})
            test = every(asked)
            known[test] = known.get(test, 0) | bit

    def holding(self, facts: Facts, at: dt.datetime) -> frozenset[int]:
        failed = 0
        for each in self.features:
            failed |= each.rules_out(facts, at)
        left = self.everything & ~failed
        digits = f"{left:0{len(self.owners)}b}".encode().translate(TO_TRUTH)
        found = frozenset(compress(self.highest_first, digits))
        if self.wide:
            return found.union(number for number, holds in self.wide.items() if holds(facts, at))
        return found


_reading = threading.Lock()
_known = CompiledAudiences({}, version=-1)


def known_audiences(version: int) -> CompiledAudiences:
    """All audiences by conditions, as of that version (facts.VERSION) or a newer one.

    No query while nothing changes, three when something did. Audiences whose conditions make no
    sense any more are left out: they hold nobody.
    """
    global _known
    known = _known
    if known.version == version:
        return known
    if connection.in_atomic_block:
        # It may be undone and, until then, changes without another version.
        return read_audiences(version)
    with _reading:
        if _known.version != version:
            _known = read_audiences(version)
        return _known


def read_audiences(version: int = 0) -> CompiledAudiences:
    """Three queries. What is read may be newer than `version`, never older."""
    stored = Audience.objects.filter(kind=Audience.Kind.DYNAMIC).values_list("pk", "conditions")
    return CompiledAudiences(parse_all(dict(stored), condition_fields()), version)


def audiences_of(customer: Customer, at: dt.datetime) -> frozenset[int]:
    """The audiences of both kinds that the customer is in `at`.

    One query while no audience changes, four when one did. Of a customer who is gone, none.
    """
    row = fetch_one(QUESTION, [customer.pk])
    if row is None:
        return frozenset()
    version, *values = row
    facts = Facts(values)
    return known_audiences(version).holding(facts, at) | frozenset(facts.static_audiences)


QUESTION = f"SELECT {VERSION}, {COLUMNS} FROM customers_customer AS customer WHERE customer.id = %s"
