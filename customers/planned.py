"""The few statements that every request sends, planned by PostgreSQL once a connection.

Planning is most of the time of a statement that finds one row; building it by the ORM, or making
a new cursor for it, takes longer still. Asking first whether the connection still works, as Django
does, takes as long as the statement itself: here the statement finds out, since it only reads.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.backends.utils import CursorDebugWrapper

Parameters = Sequence[Any] | Mapping[str, Any]


class PlannedCursor(psycopg.Cursor[tuple[Any, ...]]):
    """Plans ahead where the database's OPTIONS name a `prepare_threshold`.

    Otherwise statements are planned each time, since some connection poolers need it so.
    """

    def execute(self, query: Any, params: Any = None, **_: Any) -> "PlannedCursor":
        return super().execute(query, params, prepare=True, binary=True)


class LoggedCursor(CursorDebugWrapper):
    """Counts and times, and lets nobody wrap: a second command, as the history of changes would put
    before one that writes, can't be planned.
    """

    def _execute_with_wrappers(
        self, sql: str, params: Any, many: bool, executor: Callable[..., Any]
    ) -> Any:
        return executor(sql, params, many, {"connection": self.db, "cursor": self})


def fetch_one(statement: str, parameters: Parameters) -> tuple[Any, ...] | None:
    """The first row. One query, counted and its connection healed by Django like any other."""
    return next(iter(fetch_all(statement, parameters)), None)


def fetch_all(statement: str, parameters: Parameters) -> list[tuple[Any, ...]]:
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


def execute(statement: str, parameters: Parameters) -> None:
    """For what writes: in a transaction, at whose begin Django looked after the connection.

    Nothing of it comes into the history of changes: only for tables that have none.
    """
    database: Any = connections[DEFAULT_DB_ALIAS]
    with database.wrap_database_errors:
        _cursor(database).execute(statement, parameters)


def _fetched(database: Any, statement: str, parameters: Parameters) -> list[tuple[Any, ...]]:
    database.ensure_connection()
    with database.wrap_database_errors:
        cursor = _cursor(database)
        cursor.execute(statement, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _cursor(database: Any) -> Any:
    cursor = _kept_cursor(database.connection)
    return LoggedCursor(cursor, database) if database.queries_logged else cursor


def _kept_cursor(raw: Any) -> Any:
    """One cursor for the connection's life: its rows are always fetched before the next query."""
    try:
        return raw.planned_cursor
    except AttributeError:
        raw.planned_cursor = PlannedCursor(raw)
        return raw.planned_cursor
