"""What a feature of somebody rules out, looked up instead of asked condition by condition.

A test turns only at what it names: at the bounds of its ranges, at its cities. So the tests are
run there, once, and what anything in between fails is known from that. Customers' values are not
remembered: one whose like was never seen costs a look-up, too. Only for a few tests, of several
entries or of letters, the combinations of what is named there are.
"""

import datetime as dt
from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate
from operator import attrgetter, xor
from typing import Any

from customers.audiences.calendar import month_day
from customers.audiences.facts import FROM_JSON, PLACES, Facts, items
from customers.audiences.joined import bounds_of, by_any, by_each, named, primitives
from customers.audiences.normal import Aspect
from customers.audiences.primitives import Containing, Primitive, lowered

MOST_KNOWN = 10_000
"""Combinations of entries, or of texts in a text, kept by each feature: a few megabytes."""
DAY = dt.timedelta(days=1)
LESS_THAN_ANY_NUMBER = Decimal("0.0000001")
SOMETHING_ELSE = object()
PARTS: dict[str, Callable[[Any], Any]] = {"month": attrgetter("month"), "month_day": month_day}
Bits = dict[Primitive, int]
"""For each test the alternatives that need it, a bit each. An alternative needs one test."""


def feature(aspect: Aspect, tests: Bits) -> "Feature":
    kinds = {"entries": Entries, "text": Texts}
    return kinds.get(aspect.look, Ordered)(aspect, tests)


class Feature(ABC):
    """Tests of one aspect of customers."""

    def __init__(self, aspect: Aspect, tests: Bits) -> None:
        self.field = aspect.field
        self.part = PARTS.get(aspect.look)
        self.is_moment = self.field.is_moment
        self.read = FROM_JSON[self.field.type] if self.field.is_custom else None
        # Known beforehand: to ask the facts by name a dozen times took a third of all the time.
        self.column = PLACES["attributes" if self.field.is_custom else self.field.key]
        self.tests = tests
        self.missing = failing(tests, ())
        self.any = bits_of(tests, by_any)
        self.each = bits_of(tests, by_each)
        self.others = {test: b for test, b in tests.items() if not by_any(test) | by_each(test)}
        self.known: dict[Hashable, int] = {}

    def rules_out(self, facts: Facts, at: dt.datetime) -> int:
        """The bits of the alternatives that the customer fails by this feature."""
        stored = facts.row[self.column]
        if self.read:
            stored = stored.get(self.field.key)
        if stored is None or stored == "":
            return self.missing
        if type(stored) is list:
            return self.of_list(items(self.field, stored, at))
        if self.read:
            stored = self.read(stored)
            if stored is None:
                return self.missing
        elif self.is_moment:
            stored = stored.astimezone(at.tzinfo).date()
        return self.alone(self.part(stored) if self.part else stored)

    def of_list(self, found: Sequence[Any]) -> int:
        if self.part:
            found = [self.part(item) for item in found]
        if len(found) == 1:
            return self.alone(found[0])
        return self.together(found) if found else self.missing

    @abstractmethod
    def place(self, item: Any) -> Hashable:
        """Among what the tests name; in the same place all items fail the same."""

    @abstractmethod
    def alone(self, item: Any) -> int:
        """What somebody fails who has nothing but the item."""

    def together(self, found: Sequence[Any]) -> int:
        """What several items fail: most tests are settled by what each of them would fail."""
        every, some = -1, 0
        for item in found:
            failed = self.alone(item)
            every &= failed
            some |= failed
        failed = every & self.any | some & self.each
        return failed | self.by_run(found) if self.others else failed

    def by_run(self, found: Sequence[Any]) -> int:
        return self.kept(frozenset(map(self.place, found)), self.others, found)

    def kept(self, key: Hashable, tests: Bits, found: Sequence[Any]) -> int:
        failed = self.known.get(key)
        if failed is None:
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            failed = self.known[key] = failing(tests, found)
        return failed


class Entries(Feature):
    """Which of the values that are named, or another."""

    def __init__(self, aspect: Aspect, tests: Bits) -> None:
        super().__init__(aspect, tests)
        self.other = failing(tests, [SOMETHING_ELSE])
        self.masks: dict[Any, int] = {}
        for test, bits in tests.items():
            holds = test.holds([SOMETHING_ELSE])
            for value in named(test):
                turned = bits if test.holds([value]) is not holds else 0
                self.masks[value] = self.masks.get(value, self.other) ^ turned

    def place(self, item: Any) -> Hashable:
        return item if item in self.masks else None

    def alone(self, item: Any) -> int:
        return self.masks.get(item, self.other)


class Ordered(Feature):
    """Between which bounds an item lies, or on which of them.

    Place 2n is before the nth bound, place 2n + 1 on it. A test is run at its own bounds and
    beside.
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
        self.masks = list(accumulate(turns, xor))

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

    def alone(self, item: Any) -> int:
        return self.masks[bisect_left(self.bounds, item) + bisect_right(self.bounds, item)]


class Texts(Feature):
    """Which of the texts are in it, and the longest that it starts with, which tells the others."""

    def __init__(self, aspect: Aspect, tests: Bits) -> None:
        super().__init__(aspect, tests)
        asked = [one for one in primitives(tests) if isinstance(one, Containing)]
        self.starts = {one.text for one in asked if one.at_start}
        self.lengths = sorted({len(text) for text in self.starts}, reverse=True)
        self.inside = sorted({one.text for one in asked if not one.at_start})

    def place(self, item: Any) -> Hashable:
        text = lowered(item)
        inside = tuple([each for each in self.inside if each in text])
        for length in self.lengths:
            if (start := text[:length]) in self.starts:
                return start, inside
        return "", inside

    def alone(self, item: Any) -> int:
        return self.kept(self.place(item), self.tests, [item])


def failing(tests: Bits, found: Sequence[Any]) -> int:
    return bits_of(tests, lambda test: not test.holds(found))


def bits_of(tests: Bits, chosen: Callable[[Primitive], bool]) -> int:
    """The bits of the chosen tests."""
    bits = 0
    for test, of_test in tests.items():
        if chosen(test):
            bits |= of_test
    return bits
