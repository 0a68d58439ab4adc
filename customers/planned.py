"""The few statements that every request sends, planned by PostgreSQL once a connection.

Planning is most of the time of a statement that finds one row; building it by the ORM, or making
a new cursor for it, takes longer still. Asking first whether the connection still works, as Django
does, takes as long as the statement itself: here the statement finds out, since it only reads.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections


class PlannedCursor(psycopg.Cursor[tuple[Any, ...]]):
    """Plans ahead where the database's OPTIONS name a `prepare_threshold`.

    Otherwise statements are planned each time, since some connection poolers need it so.
    """

    def execute(self, query: Any, params: Any = None, **_: Any) -> "PlannedCursor":
        return super().execute(query, params, prepare=True, binary=True)


def fetch_one(statement: str, parameters: Sequence[Any]) -> tuple[Any, ...] | None:
    """The first row. One query, counted and its connection healed by Django like any other."""
    return next(iter(fetch_all(statement, parameters)), None)


def fetch_all(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows, in the same way."""
    database: Any = connections[DEFAULT_DB_ALIAS]
    if database.connection is None or database.health_check_done:
        return _fetched(database, statement, parameters)
    try:
        rows = _fetched(database, statement, parameters)
    except OperationalError:
        database.close_if_health_check_failed()
        if database.connection is not None:
            raise
        return _fetched(database, statement, parameters)
    database.health_check_done = True
    return rows


def _fetched(database: Any, statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    database.ensure_connection()
    cursor = _kept_cursor(database.connection)
    if database.queries_logged:
        cursor = database.make_debug_cursor(cursor)
    with database.wrap_database_errors:
        cursor.execute(statement, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _kept_cursor(raw: Any) -> Any:
    """One cursor for the connection's life: its rows are always fetched before the next query."""
    try:
        return raw.planned_cursor
    except AttributeError:
        raw.planned_cursor = PlannedCursor(raw)
        return raw.planned_cursor
