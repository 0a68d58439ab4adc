"""SQL that compares one expression: with some values, with ranges."""

from collections.abc import Collection
from typing import Any

from customers.audiences.primitives import Range

Sql = tuple[str, list[Any]]
"""An expression and its parameters."""


def equals_any(sql: str, values: list[Any]) -> Sql:
    if len(values) == 1:
        return f"({sql} = %s) IS TRUE", values
    return f"({sql} = ANY(%s)) IS TRUE", [values]


def in_ranges(sql: str, ranges: Collection[Range]) -> Sql:
    """Whether it lies in one of the ranges, their ends included."""
    if all(low == high for low, high in ranges):
        return equals_any(sql, [low for low, _ in ranges])
    tests = [ends(f"{sql} {{}} %s", range_, " AND ") for range_ in ranges]
    given = [end for range_ in ranges for end in range_ if end is not None]
    return f"({' OR '.join(tests)}) IS TRUE", given


def ends(test: str, range_: Range, joined: str) -> str:
    """A test for each end that a range has, with >= or <= in its place."""
    signs = zip((">=", "<="), range_, strict=True)
    return joined.join(test.format(sign, end) for sign, end in signs if end is not None)
