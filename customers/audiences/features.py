"""What a feature of somebody rules out, looked up instead of asked condition by condition.

A test's outcome depends on little of a value: on which side of a few bounds a date lies, which of
the mentioned cities it is. `key` is this little; what follows from it is worked out by running
the tests themselves, once a key.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from typing import Any

from customers.audiences.facts import Facts
from customers.audiences.normal import Aspect, Every, Negated, Some
from customers.audiences.primitives import Having, OneOf, Primitive, Within, parts

MOST_KEYS = 10_000
Key = Callable[[Collection[Any]], Hashable]


class Feature:
    """Tests of one aspect, and for each the bits of the alternatives that need it."""

    def __init__(self, aspect: Aspect, tests: dict[Primitive, int]) -> None:
        self.field = aspect.field
        self.tests = tests
        self.key = _key(aspect, [each for test in tests for each in primitives(test)])
        self.ruled_out: dict[Hashable, int] = {}

    def rules_out(self, facts: Facts, at: dt.datetime) -> int:
        """The bits of the alternatives that the customer fails by this feature."""
        items = facts.items(self.field, at)
        key = self.key(items)
        found = self.ruled_out.get(key)
        if found is None:
            if len(self.ruled_out) >= MOST_KEYS:
                self.ruled_out.clear()
            found = self.ruled_out[key] = self._fails(items)
        return found

    def _fails(self, items: Collection[Any]) -> int:
        failed = 0
        for test, bits in self.tests.items():
            # What is ruled out already need not be asked again.
            if bits & ~failed and not test.holds(items):
                failed |= bits
        return failed


def primitives(test: Primitive) -> Iterator[Primitive]:
    """The primitives of which a test is made."""
    match test:
        case Negated(inner):
            yield from primitives(inner)
        case Every(tests) | Some(tests):
            for each in tests:
                yield from primitives(each)
        case _:
            yield test


def _key(aspect: Aspect, tests: Iterable[Primitive]) -> Key:
    if aspect.look == "text":
        return tuple
    if aspect.look == "entries":
        return _by_mention(tests)
    return _by_bounds(tests, aspect.look)


def _by_mention(tests: Iterable[Primitive]) -> Key:
    """Which of the mentioned values are there, and whether anything is."""
    sets = [test.values for test in tests if isinstance(test, OneOf | Having)]
    mentioned = frozenset[Any]().union(*sets)

    def key(items: Collection[Any]) -> Hashable:
        return mentioned.intersection(items), not items

    return key


def _by_bounds(tests: Iterable[Primitive], of: str) -> Key:
    """Between which bounds, or on which of them, the items lie."""
    ranges = [range_ for test in tests if isinstance(test, Within) for range_ in test.ranges]
    bounds = sorted({end for range_ in ranges for end in range_ if end is not None})

    def key(items: Collection[Any]) -> Hashable:
        found = parts(items, of) if of != "value" else items
        return frozenset(
            [(bisect_left(bounds, each), bisect_right(bounds, each)) for each in found]
        )

    return key
