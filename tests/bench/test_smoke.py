"""The benchmarks still run: at a small scale, each in a process and databases of its own."""

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
NAMES = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*"))


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


@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_runs_at_a_small_scale(name, environment):
    command = [sys.executable, "-m", "tests.bench", "--small", name]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("what ")
