"""The few statements that every request sends, planned by PostgreSQL once a connection.

Planning is most of the time of a statement that finds one row, and building it by the ORM takes
longer still.
"""

from collections.abc import Sequence
from typing import Any, Self

import psycopg
from django.db import connection

# Django turns planning ahead off, since some connection poolers can't have it. Where the
# database's OPTIONS name a `prepare_threshold`, statements of this module use it.


class PlannedCursor(psycopg.Cursor[tuple[Any, ...]]):
    def execute(self, query: Any, params: Any = None, **_: Any) -> Self:
        return super().execute(query, params, prepare=True, binary=True)


def fetch_one(statement: str, parameters: Sequence[Any]) -> tuple[Any, ...] | None:
    """The first row. One query, counted and healed by Django like any other."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with wrap(PlannedCursor(connection.connection)) as cursor:
        cursor.execute(statement, parameters)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row
