"""What must be true of the stored data, by name, each with a query for what breaks it.

Each app says in its invariants.py what is to hold; `manage.py verify` and its page ask.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection

from imports.resources import Text

EVIDENCE = 10

registered: dict[str, "Invariant"] = {}


@dataclass(frozen=True)
class Verdict:
    """How many rows break an invariant, and the first of them as evidence."""

    total: int
    columns: list[str]
    rows: list[tuple[Any, ...]]

    @property
    def holds(self) -> bool:
        return not self.total


@dataclass(frozen=True)
class Invariant:
    name: str
    title: Text
    explanation: Text
    """What it means to people, and what to do where it is broken."""
    violations: str
    """A query of the rows that break it; `%(at)s` is the moment at which it is asked."""

    def check(self, at: dt.datetime) -> Verdict:
        """One query, which may read whole tables."""
        with connection.cursor() as cursor:
            # Counted beside the rows, so that both are of one moment.
            cursor.execute(
                f"SELECT count(*) OVER () AS total, broken.* FROM ({self.violations}) AS broken"
                f" LIMIT {EVIDENCE}",
                {"at": at},
            )
            columns = [column.name for column in cursor.description or ()]
            rows = cursor.fetchall()
        return Verdict(rows[0][0] if rows else 0, columns[1:], [row[1:] for row in rows])


def register(*invariants: Invariant) -> None:
    registered.update((invariant.name, invariant) for invariant in invariants)
