"""The durable databases of the benchmarks, beside the one of `make run` in the same server.

The dataset takes minutes to make, so it is kept between runs, until a migration or dataset.py
changes. Whoever changes data works on a copy, which PostgreSQL makes in seconds.

Benchmarks that run at the same time on one server need a BENCH_DATABASES each: how the names of
theirs begin. BENCH_EMPTY names a migrated database without rows, which saves migrating others.
"""

import hashlib
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg.sql import SQL, Identifier, Literal

from tests.bench import dataset
from tests.bench.harness import Scale

ROOT = Path(__file__).resolve().parents[2]
PREFIX = os.environ.get("BENCH_DATABASES", "bench")
EMPTY = os.environ.get("BENCH_EMPTY", "")
SCRATCH = f"{PREFIX}_scratch"


def use_dataset(scale: Scale) -> None:
    """Work on the kept dataset: read only, or put back what you change."""
    _use("postgres")
    name, state = _kept(scale), _state_of_the_code()
    if _sql("SELECT shobj_description(oid, 'pg_database') FROM pg_database"
            " WHERE datname = {}", Literal(name)) != state:  # fmt: skip
        _make_empty(name)
        dataset.make(scale)
        _use("postgres")
        # Written last, so that a half-made dataset is made anew.
        _sql("COMMENT ON DATABASE {} IS {}", Identifier(name), Literal(state))
    _use(name)


def use_copy_of_dataset(scale: Scale) -> None:
    """Work on a fresh copy of the dataset."""
    use_dataset(scale)
    _use("postgres")
    _sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", Identifier(SCRATCH))
    _sql(
        "CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy",
        Identifier(SCRATCH),
        Identifier(_kept(scale)),
    )
    _use(SCRATCH)


def use_empty() -> None:
    """Work on a fresh database, migrated, with nothing in it."""
    _make_empty(SCRATCH)


def use_scratch() -> None:
    """Work on what another process of this benchmark made."""
    _use(SCRATCH)


def _kept(scale: Scale) -> str:
    return f"{PREFIX}_{scale.customers}"


def _make_empty(name: str) -> None:
    _use("postgres")
    _sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", Identifier(name))
    _sql("CREATE DATABASE {} TEMPLATE {}", Identifier(name), Identifier(EMPTY or "template1"))
    _use(name)
    call_command("migrate", verbosity=0)


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def _sql(statement: str, *parts: Identifier | Literal) -> Any:
    """The first value of the first row, or None."""
    with connection.cursor() as cursor:
        cursor.execute(SQL(statement).format(*parts).as_string(connection.connection))
        row = cursor.fetchone() if cursor.description else None
    return row and row[0]


def _state_of_the_code() -> str:
    files = [*sorted(ROOT.glob("*/migrations/0*.py")), Path(dataset.__file__)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
