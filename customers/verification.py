"""What must always be true of the data, by name: each room states its own, `verify` proves them.

An invariant is a query for what breaks it, so that its evidence is the rows themselves.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from imports.resources import Text

MOST_EVIDENCE = 10
_stated: list["Invariant"] = []


@dataclass(frozen=True)
class Invariant:
    """`sql` finds what breaks the rule; it may use %(at)s, the moment of asking.

    Its columns are the evidence: ids and figures, never anything personal.
    """

    name: str
    title: Text
    sql: str


@dataclass(frozen=True)
class Finding:
    """Whether an invariant holds; if not, how often it is broken and by which rows, for example."""

    invariant: Invariant
    broken: int
    columns: Sequence[str] = ()
    evidence: Sequence[tuple[Any, ...]] = ()

    @property
    def holds(self) -> bool:
        return not self.broken


def state(*invariants: Invariant) -> None:
    """Add to what is verified. Called once, where a room says what must be true of it."""
    _stated.extend(invariants)


def stated() -> list[Invariant]:
    """All, in the order of their names."""
    return sorted(_stated, key=lambda each: each.name)


def verify(invariants: Iterable[Invariant], *, at: dt.datetime) -> Iterator[Finding]:
    """Each in turn, all against the data of one moment, which nobody has to stop for.

    A query each, and another for what is often broken. Reads whole tables: seconds for millions
    of rows.
    """
    begins = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if begins:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL work_mem = '128MB'")
        for invariant in invariants:
            yield _look(cursor, invariant, at)


def _look(cursor: Any, invariant: Invariant, at: dt.datetime) -> Finding:
    cursor.execute(
        f"SELECT * FROM ({invariant.sql}) AS found LIMIT {MOST_EVIDENCE + 1}", {"at": at}
    )
    rows = cursor.fetchall()
    columns = [column.name for column in cursor.description]
    broken = len(rows)
    if broken > MOST_EVIDENCE:
        cursor.execute(f"SELECT count(*) FROM ({invariant.sql}) AS found", {"at": at})
        (broken,) = cursor.fetchone()
    return Finding(invariant, broken, columns, rows[:MOST_EVIDENCE])
