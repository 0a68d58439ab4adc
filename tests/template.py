"""One migrated database, of which the test databases of all workers are copies.

Migrating takes more processor time than a thousand tests, copying next to none.
"""

import os
import uuid
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg.sql import SQL, Identifier, Literal

RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid.uuid4().hex


def migrated(*, keep: bool) -> str:
    """The name of a database without rows, made by whichever worker of this run comes first.

    It stays when the run is over; the next run makes it anew unless it is to `keep` what is there.
    """
    name = f"test_{connection.settings_dict['NAME']}_template"
    with maintenance() as server:
        server.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        made = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [name],
        ).fetchone()
        if made in (None, (None,)) or (not keep and made != (RUN,)):
            _make(name, server)
    return name


def maintenance() -> psycopg.Connection[Any]:
    """A connection outside transactions, in which databases are made and dropped."""
    parameters = connection.get_connection_params() | {"dbname": "postgres"}
    for of_django in ("cursor_factory", "context"):
        parameters.pop(of_django, None)
    return psycopg.connect(**parameters, autocommit=True)


def _make(name: str, server: psycopg.Connection[Any]) -> None:
    database = Identifier(name)
    server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))
    server.execute(SQL("CREATE DATABASE {}").format(database))
    connection.close()  # or what was open already would be migrated
    outside = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = outside
    # Last, so that a half-made one is made anew.
    server.execute(SQL("COMMENT ON DATABASE {} IS {}").format(database, Literal(RUN)))
