"""What a feature of somebody rules out, looked up instead of asked condition by condition.

A test's outcome depends on little of a value: on which side of a few bounds a date lies, which of
the mentioned cities it is. What follows from this little is worked out once, by running the tests
themselves.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Hashable, Iterable, Iterator
from decimal import Decimal
from itertools import accumulate
from operator import xor
from typing import Any

from customers.audiences.facts import Facts, items
from customers.audiences.normal import Aspect, Every, Negated, Some
from customers.audiences.primitives import Having, OneOf, Primitive, Within, parts

MOST_SEEN = 50_000
"""Values remembered by each feature, a few megabytes in all."""
DAY = dt.timedelta(days=1)
LESS_THAN_ANY_NUMBER = Decimal("0.0000001")
Bits = dict[Primitive, int]
"""For each test the alternatives that need it, a bit each. An alternative needs one test."""


def feature(aspect: Aspect, tests: Bits) -> "Feature":
    kinds = {"entries": Entries, "value": Ordered}
    return kinds.get(aspect.look, Feature)(aspect, tests)


class Feature:
    """Tests of one aspect of customers."""

    def __init__(self, aspect: Aspect, tests: Bits) -> None:
        self.field = aspect.field
        self.look = aspect.look
        self.tests = tests
        # Moments hardly ever come again, and what date they were depends on the zone.
        self.remembers = self.field.key != "registered"
        self.seen: dict[Hashable, int] = {}
        self.known: dict[Hashable, int] = {}

    def rules_out(self, facts: Facts, at: dt.datetime) -> int:
        """The bits of the alternatives that the customer fails by this feature."""
        stored = facts.stored(self.field)
        if not self.remembers:
            return self.fails(items(self.field, stored, at))
        value = tuple(stored) if type(stored) is list else stored
        try:
            found = self.seen.get(value)
        except TypeError:  # a list of lists, or whatever else can't be of the field's type
            return self.fails(items(self.field, stored, at))
        if found is None:
            found = self.fails(items(self.field, stored, at))
            remember(self.seen, value, found)
        return found

    def fails(self, found: Collection[Any]) -> int:
        """What items fail, by what tells them apart."""
        key = self.key(found)
        failed = self.known.get(key)
        if failed is None:
            failed = self.run(found)
            remember(self.known, key, failed)
        return failed

    def key(self, found: Collection[Any]) -> Hashable:
        return frozenset(parts(found, self.look))

    def run(self, found: Collection[Any]) -> int:
        failed = 0
        for test, bits in self.tests.items():
            if not test.holds(found):
                failed |= bits
        return failed


class Entries(Feature):
    """Which of the mentioned values are there, and whether anything is."""

    def __init__(self, aspect: Aspect, tests: Bits) -> None:
        super().__init__(aspect, tests)
        sets = [one.values for one in primitives(tests) if isinstance(one, OneOf | Having)]
        self.mentioned = frozenset[Any]().union(*sets)

    def key(self, found: Collection[Any]) -> Hashable:
        return self.mentioned.intersection(found), not found


class Ordered(Feature):
    """Between which bounds, or on which of them, the items lie.

    Place 2n is before the nth bound, place 2n + 1 on it. Only at its own bounds a test can turn,
    so that it is run there and beside, and what all places fail is known from the start.
    """

    def __init__(self, aspect: Aspect, tests: Bits) -> None:
        super().__init__(aspect, tests)
        self.bounds = bounds_of(tests)
        turns = [0] * (2 * len(self.bounds) + 1)
        for test, bits in tests.items():
            holds = True
            for place, value in self.steps(test):
                if test.holds([value]) is not holds:
                    holds = not holds
                    turns[place] ^= bits
        self.places = list(accumulate(turns, xor))

    def steps(self, test: Primitive) -> Iterator[tuple[int, Any]]:
        """Where a test may turn, and a value there."""
        bounds = bounds_of([test])
        step = DAY if isinstance(bounds[0], dt.date) else LESS_THAN_ANY_NUMBER
        yield 0, bounds[0] - step
        for bound in bounds:
            place = 2 * bisect_left(self.bounds, bound)
            yield place + 1, bound
            yield place + 2, bound + step

    def place(self, item: Any) -> int:
        return bisect_left(self.bounds, item) + bisect_right(self.bounds, item)

    def key(self, found: Collection[Any]) -> Hashable:
        return frozenset(map(self.place, found))

    def fails(self, found: Collection[Any]) -> int:
        if len(found) == 1:
            (item,) = found
            return self.places[self.place(item)]
        return super().fails(found)


def remember(known: dict[Hashable, int], key: Hashable, found: int) -> None:
    if len(known) >= MOST_SEEN:
        known.clear()
    known[key] = found


def primitives(tests: Iterable[Primitive]) -> Iterator[Primitive]:
    """The primitives of which tests are made."""
    for test in tests:
        match test:
            case Negated(inner):
                yield from primitives([inner])
            case Every(several) | Some(several):
                yield from primitives(several)
            case _:
                yield test


def bounds_of(tests: Iterable[Primitive]) -> list[Any]:
    ranges = [
        range_ for one in primitives(tests) if isinstance(one, Within) for range_ in one.ranges
    ]
    return sorted({end for range_ in ranges for end in range_ if end is not None})
