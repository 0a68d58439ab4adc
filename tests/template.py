"""One migrated database, of which the test databases of all workers are copies.

Migrating takes more processor time than a thousand tests, copying next to none.
"""

import hashlib
from pathlib import Path
from typing import Any

import psycopg
from django import get_version
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from psycopg.sql import SQL, Identifier, Literal


def migrated(*, keep: bool) -> str:
    """The name of a database without rows, made by whichever worker comes first.

    It stays when the run is over; a later run makes it anew where what it is made from is not the
    same any more, unless it is to `keep` what is there.
    """
    name = f"test_{connection.settings_dict['NAME']}_template"
    with maintenance() as server:
        server.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        made = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [name],
        ).fetchone()
        source = _source()
        if made in (None, (None,)) or (not keep and made != (source,)):
            _make(name, server, source)
    return name


def _source() -> str:
    """What a migrated database is made from: migrations, and models, to which rights belong."""
    made_from = hashlib.sha256(get_version().encode())
    for app in apps.get_app_configs():
        place = Path(app.path)
        for file in sorted([*place.glob("migrations/**/*.py"), *place.glob("models*/**/*.py")]):
            made_from.update(f"\0{app.label} {file.relative_to(place)}\0".encode())
            made_from.update(file.read_bytes())
        if (single := place / "models.py").exists():
            made_from.update(single.read_bytes())
    return made_from.hexdigest()


def maintenance() -> psycopg.Connection[Any]:
    """A connection outside transactions, in which databases are made and dropped."""
    parameters = connection.get_connection_params() | {"dbname": "postgres"}
    for of_django in ("cursor_factory", "context"):
        parameters.pop(of_django, None)
    return psycopg.connect(**parameters, autocommit=True)


def _make(name: str, server: psycopg.Connection[Any], source: str) -> None:
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
    server.execute(SQL("COMMENT ON DATABASE {} IS {}").format(database, Literal(source)))
