"""The embedded server under Django, and DATABASE_URL in its place."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from config.postgres import Cluster
from tests.config.postgres.servers import (
    ROOT,
    is_up,
)


def manage(code: str, state: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
        cwd=ROOT,
        env=os.environ | {"DEBUG": "1", "STATE_DIR": str(state)} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip().splitlines()[-1]


WHERE = """
from django.db import connection
def where():
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        return cursor.fetchone()[0]
"""


def test_database_url_replaces_the_embedded_server(cluster: Cluster, place: Path):
    cluster.ensure_running()
    url = f"postgres://bespoke@/bespoke?host={cluster.folder}"
    answer = manage(WHERE + "print(where())", place / "state", DATABASE_URL=url)
    assert answer == str(cluster.folder / "data")
    assert not (place / "state" / "postgres").exists()


def test_a_command_starts_the_server_heals_it_and_stops_it(made: Path, place: Path):
    folder = shutil.copytree(made, place / "state" / "postgres")
    heal = (
        WHERE
        + """
import os, signal
print(where())
connection.close()
with open(where() + "/postmaster.pid") as file:
    os.kill(int(file.readline()), signal.SIGKILL)
connection.close()
print(where())
"""
    )
    assert manage(heal, place / "state", DATABASE_URL="") == str(folder / "data")
    assert not is_up(Cluster(folder))
