"""The site under gunicorn, on the database that is in use."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from tests.bench.databases import ROOT


@contextmanager
def served(*, workers: int) -> Iterator[int]:
    """The port of a gunicorn as docs/deployment.md starts it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [
        *(sys.executable, "-m", "gunicorn", "tests.bench.served", "--bind", f"127.0.0.1:{port}"),
        *("--worker-class", "gthread", "--workers", str(workers), "--threads", "8"),
        *("--log-level", "warning", "--no-control-socket"),
    ]
    place = connection.connection.info
    url = f"postgres://{place.user}@/{place.dbname}?host={place.host}"
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url})
    try:
        wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("gunicorn does not start")
