"""Conditions of a day brought into one form: alternatives, each of them tests of features.

A feature is one way to look at one field: its values in order, its months, what is among its
entries. All tests of a feature are decided by the same small part of what is known of somebody.
"""

import datetime as dt
from dataclasses import dataclass

from customers.audiences.fields import ConditionField
from customers.audiences.joined import Negated, Some, every
from customers.audiences.primitives import Containing, Primitive, Within
from customers.audiences.tree import AllOf, Condition, Node, Not

MOST_ALTERNATIVES = 64


class TooWideError(Exception):
    """These conditions are better run as they are."""


@dataclass(frozen=True)
class Aspect:
    """Which feature: of this field, and what primitives about it look at."""

    field: ConditionField
    look: str

    @classmethod
    def of(cls, field: ConditionField, primitive: Primitive) -> "Aspect":
        if isinstance(primitive, Within):
            return cls(field, primitive.of)
        return cls(field, "text" if isinstance(primitive, Containing) else "entries")


Alternative = dict[Aspect, frozenset[Primitive]]
"""All tests of all aspects must hold. A Within is about the part that its aspect looks at."""


def alternatives(node: Node, today: dt.date, negated: bool = False) -> list[Alternative]:
    """Somebody matches if one of these holds. Raises TooWideError."""
    if isinstance(node, Not):
        return alternatives(node.node, today, not negated)
    if isinstance(node, Condition):
        primitive = node.meaning(today)
        aspect = Aspect.of(node.field, primitive)
        if isinstance(primitive, Within):
            primitive = Within(primitive.ranges)
        return [{aspect: frozenset([Negated(primitive) if negated else primitive])}]
    parts = [alternatives(child, today, negated) for child in node.nodes]
    if isinstance(node, AllOf) is not negated:
        return _all(parts)
    return _any(parts)


def _all(parts: list[list[Alternative]]) -> list[Alternative]:
    found: list[Alternative] = [{}]
    for part in parts:
        if len(found) * len(part) > MOST_ALTERNATIVES:
            raise TooWideError
        found = [_both(one, other) for one in found for other in part]
    return found


def _both(one: Alternative, other: Alternative) -> Alternative:
    joined = {aspect: tests | one.get(aspect, frozenset()) for aspect, tests in other.items()}
    return {**one, **joined}


def _any(parts: list[list[Alternative]]) -> list[Alternative]:
    """Alternatives about the same aspect alone are one."""
    alone: dict[Aspect, set[Primitive]] = {}
    found = []
    for alternative in (each for part in parts for each in part):
        if len(alternative) == 1:
            ((aspect, tests),) = alternative.items()
            alone.setdefault(aspect, set()).add(every(tests))
        else:
            found.append(alternative)
    found += [{aspect: frozenset([Some(frozenset(tests))])} for aspect, tests in alone.items()]
    if len(found) > MOST_ALTERNATIVES:
        raise TooWideError
    return found
