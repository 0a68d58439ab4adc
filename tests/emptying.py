"""Empty the database after a test that committed: deleting rows, not truncating ninety tables.

As Django's own way does, it waits for whoever still writes and leaves what migrations left; it
takes a tenth of the time. Whoever owns the tables may do it.
"""

from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from psycopg.sql import SQL, Composable, Identifier

# Made again after each truncation, always the same.
KEPT = ("django_content_type", "auth_permission")
CONTENT = SQL(
    "SELECT md5(string_agg(kept, '' ORDER BY kept)) FROM (SELECT t::text FROM django_content_type t"
    " UNION ALL SELECT p::text FROM auth_permission p) AS rows (kept)"
)
ON_DELETE = SQL(
    "SELECT tgrelid::regclass::text, tgname, tgenabled = 'A' FROM pg_trigger"
    " WHERE NOT tgisinternal AND tgtype & 8 > 0"
)


def empty(case: object) -> None:
    """Instead of `TransactionTestCase._fixture_teardown`."""
    _run(_deletion())
    if _rows(CONTENT) != content_as_migrated():
        _run(SQL("TRUNCATE {} CASCADE").format(_listed(KEPT)))
        emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
        content_as_migrated.cache_clear()
    ContentType.objects.clear_cache()


@cache
def content_as_migrated() -> object:
    """What is kept, as one figure; to be asked for before the first test."""
    return _rows(CONTENT)


@cache
def _deletion() -> Composable:
    found = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = sorted(set(found) - set(KEPT))
    asked = [
        (Identifier(table), SQL("ENABLE ALWAYS" if always else "ENABLE"), Identifier(trigger))
        for table, trigger, always in _rows(ON_DELETE)
        if table in tables
    ]
    steps = [
        SQL("BEGIN"),
        SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(_listed(tables)),
        *(SQL("ALTER TABLE {} DISABLE TRIGGER {}").format(each[0], each[2]) for each in asked),
        *(SQL("DELETE FROM {}").format(Identifier(table)) for table in tables),
        SQL("SET CONSTRAINTS ALL IMMEDIATE"),  # no table with checks to come can be altered
        *(SQL("ALTER TABLE {} {} TRIGGER {}").format(*each) for each in asked),
        SQL("COMMIT"),
    ]
    return SQL("; ").join(steps)


def _listed(tables: tuple[str, ...] | list[str]) -> Composable:
    return SQL(", ").join(map(Identifier, tables))


def _run(statements: Composable) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statements.as_string(connection.connection))


def _rows(question: Composable) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question.as_string(connection.connection))
        return cursor.fetchall()
