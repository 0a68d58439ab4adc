"""/healthz says that the process answers, /readyz that its database does too."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

ASK = """
import django
django.setup()
from django.test import Client
for path in ("/healthz", "/readyz"):
    answer = Client().get(path, HTTP_HOST="localhost")
    print(path, answer.status_code, answer.get("Retry-After"))
"""


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_all_is_well(client, db, path):
    assert (client.get(path).status_code, client.get(path).content) == (200, b"ok\n")


def test_without_a_database_the_process_lives_but_is_not_ready(tmp_path):
    """A real process whose DATABASE_URL leads to a port at which nobody listens."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = f"postgres://app:secret@127.0.0.1:{unused.getsockname()[1]}/app"
        done = subprocess.run(
            [sys.executable, "-c", ASK],
            cwd=ROOT,
            env={
                "PATH": os.environ["PATH"],
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "DEBUG": "1",
                "SECRET_KEY": "for-this-test",
                "STATE_DIR": str(tmp_path),
                "DATABASE_URL": nobody,
            },
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.stdout.splitlines() == ["/healthz 200 None", "/readyz 503 5"], done.stderr
