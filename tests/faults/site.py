"""A site of its own, with a durable database and real worker processes that can be killed."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.db import connection
from django.db.utils import InterfaceError, OperationalError

from config.postgres import Cluster, locks
from imports.models import Job, Progress, State

ROOT = Path(__file__).resolve().parents[2]
POLL = 0.005


@dataclass
class Site:
    folder: Path
    list: Path
    worker: subprocess.Popen[bytes] | None = None
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def cluster(self) -> Cluster:
        return Cluster(self.folder / "postgres")

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """A `manage.py` process of this site; what it says is added to a log."""
        environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        environment |= {"STATE_DIR": str(self.folder), "DEBUG": "1", "SECRET_KEY": "of a test"}
        with (self.folder / "processes.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "manage.py", *command],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def start_worker(self) -> subprocess.Popen[bytes]:
        self.worker = self.start("procrastinate", "worker")
        return self.worker

    def signal_worker(self, number: signal.Signals) -> None:
        assert self.worker
        self.worker.send_signal(number)
        if number == signal.SIGKILL:
            self.worker.wait()

    def signal_server(self, number: signal.Signals) -> None:
        """SIGQUIT stops the server at once, as a crash would; SIGINT ends its sessions first."""
        os.kill(int((self.folder / "postgres/data/postmaster.pid").read_text().split()[0]), number)

    @contextmanager
    def server_down(self) -> Iterator[None]:
        """The server crashes, and nobody can start it meanwhile: its lock is held here."""
        with (self.folder / "postgres/server.lock").open() as lock:
            while not self._crashed_and_locked(lock):
                self.cluster.ensure_running()  # somebody was quicker and has started it again
            yield

    def _crashed_and_locked(self, lock: IO[str]) -> bool:
        self.signal_server(signal.SIGQUIT)
        deadline = time.monotonic() + 2
        while time.monotonic() < deadline:
            if locks.try_lock(lock.fileno(), fcntl.LOCK_EX):
                return True
            time.sleep(0.0002)
        return False

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
        connection.close()
        self.cluster.ensure_running()  # what is just being revived would outlive the stop
        self.cluster.stop()


def wait_until(happens: Callable[[], bool], *, seconds: float) -> float:
    """How many seconds it took to happen; fails if it does not in time."""
    began = time.monotonic()
    while not _happens(happens):
        assert time.monotonic() - began < seconds, "it did not happen in time"
        time.sleep(POLL)
    return time.monotonic() - began


def _happens(happens: Callable[[], bool]) -> bool:
    try:
        return happens()
    except (OperationalError, InterfaceError):
        connection.close()  # the database is away; the next look connects anew
        return False


def wait_for_statement(fragment: str) -> None:
    """Until another process is executing a statement with this in it."""
    wait_until(lambda: _is_executing(fragment), seconds=60)


def _is_executing(fragment: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE state = 'active'"
            " AND pid <> pg_backend_pid() AND strpos(query, %s) > 0)",
            [fragment],
        )
        return bool(cursor.fetchone()[0])


def wait_for_share(job: Job, share: float) -> None:
    """Until the job's progress stands at this share or beyond."""
    moved = Progress.objects.filter(job=job, share__gte=share)
    wait_until(moved.exists, seconds=60)


def wait_for_state(job: Job, state: State, *, seconds: float = 180) -> float:
    def reached() -> bool:
        job.refresh_from_db()
        assert job.state in ("checking", "applying", "undoing", state), job.message
        return job.state == state

    return wait_until(reached, seconds=seconds)


def tables() -> dict[str, object]:
    """Everything that imports change, in a form that knows no ids."""
    return {name: _one(sql) for name, sql in DIGESTS.items()}


def left_over_tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relname ~ '^import_[0-9]'")
        return [name for (name,) in cursor.fetchall()]


def _one(sql: str) -> list[object]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchone())


DIGESTS = {
    "customers": "SELECT count(*), md5(string_agg(email || is_prospect, ',' ORDER BY email))"
    " FROM customers_customer",
    "assignments": "SELECT count(*), md5(string_agg(email || name, ',' ORDER BY email, name))"
    " FROM offers_assignment LEFT JOIN customers_customer c ON c.id = customer_id"
    " LEFT JOIN offers_privateoffer o ON o.id = offer_id",
    "offers": "SELECT array_agg(name || ' ' || assigned_count ORDER BY name)"
    " FROM offers_privateoffer",
}
