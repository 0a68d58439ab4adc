"""The benchmarks still run: at a small scale, all in one process, each in its databases."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from psycopg.sql import SQL, Identifier

from tests import template

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(db: None) -> Iterator[dict[str, str]]:
    """In which a benchmark makes its databases on the server of the tests."""
    prefix = f"bench_{connection.settings_dict['NAME']}"
    names = {
        "BENCH_DATABASES": prefix,
        "BENCH_EMPTY": connection.settings_dict["TEST"]["TEMPLATE"],
    }
    if settings.EMBEDDED_POSTGRES:
        place = connection.settings_dict
        names["DATABASE_URL"] = f"postgres://{place['USER']}@/postgres?host={place['HOST']}"
    yield {**os.environ, **names}
    with template.maintenance() as server:
        made = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        for (name,) in server.execute(made, [f"{prefix}_"]).fetchall():
            server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def test_all_benchmarks_run_at_a_small_scale(environment):
    command = [sys.executable, "-m", "tests.bench", "--small"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("what ")
