"""Primitives joined by not, all and any, and what is known of such tests without running them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from customers.audiences.primitives import Having, Missing, OneOf, Primitive, Within


@dataclass(frozen=True)
class Negated:
    test: Primitive

    def holds(self, items: Collection[Any]) -> bool:
        return not self.test.holds(items)


@dataclass(frozen=True)
class Every:
    tests: frozenset[Primitive]

    def holds(self, items: Collection[Any]) -> bool:
        return all(test.holds(items) for test in self.tests)


@dataclass(frozen=True)
class Some:
    tests: frozenset[Primitive]

    def holds(self, items: Collection[Any]) -> bool:
        return any(test.holds(items) for test in self.tests)


def every(tests: frozenset[Primitive]) -> Primitive:
    """All of them as one."""
    return next(iter(tests)) if len(tests) == 1 else Every(tests)


def by_any(test: Primitive) -> bool:
    """Whether it holds of several items if and only if it holds of one of them."""
    match test:
        case Negated(inner):
            return by_each(inner)
        case Some(several):
            return all(map(by_any, several))
        case Every(several) | Having(several):
            return False
    return True


def by_each(test: Primitive) -> bool:
    """Whether it holds of several items if and only if it holds of each of them."""
    match test:
        case Negated(inner):
            return by_any(inner)
        case Every(several):
            return all(map(by_each, several))
    return isinstance(test, Missing)


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


def named(test: Primitive) -> frozenset[Any]:
    """The values of which it asks whether they are there."""
    sets = [one.values for one in primitives([test]) if isinstance(one, OneOf | Having)]
    return frozenset[Any]().union(*sets)


def bounds_of(tests: Iterable[Primitive]) -> list[Any]:
    ranges = [
        range_ for one in primitives(tests) if isinstance(one, Within) for range_ in one.ranges
    ]
    return sorted({end for range_ in ranges for end in range_ if end is not None})
