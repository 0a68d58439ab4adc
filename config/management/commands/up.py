"""`manage.py up`, which is `make run`: from nothing to a running site with a worker beside it."""

import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config import demo
from config.companions import Companion, end, newest_change

HOST = "127.0.0.1"
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PULSE = 1  # seconds between two looks at the processes and the code


class Command(BaseCommand):
    help = "Run the site and its worker until Ctrl-C; the first time with demo data."
    # The processes check themselves; doing it here as well would only make everybody wait.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="of 127.0.0.1 (8000)")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        refuse_if_taken(port)
        with ended_by_signals():
            if settings.EMBEDDED_POSTGRES:
                # Held from first to last, so that the processes share one server and its end.
                settings.EMBEDDED_POSTGRES.ensure_running()
            self.prepare()
            companions = [
                Companion("site", site(port), self.say, renewal=signal.SIGHUP),
                Companion("worker", worker(), self.say),
            ]
            try:
                self.watch_over(companions, port)
            finally:
                end(companions)

    def prepare(self) -> None:
        """An up-to-date database, with the demo in it if there is nothing else."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.say("Preparing the database …")
            call_command("migrate", verbosity=0)
        if settings.DEBUG and demo.has_room():
            call_command("demo", stdout=self.stdout)
        connection.close()

    def watch_over(self, companions: list[Companion], port: int) -> None:
        folders, greeted = code_folders(), False
        known = newest_change(folders)
        while True:
            for companion in companions:
                companion.tend()
            if not greeted and companions[0].is_running and answers(port):
                self.greet(port)
                greeted = True
            time.sleep(PULSE if greeted else PULSE / 10)
            if settings.DEBUG and (found := newest_change(folders)) != known:
                known = found
                self.say("The code has changed.")
                for companion in companions:
                    companion.renew()

    def greet(self, port: int) -> None:
        lines = [f"Bespoke runs at http://{HOST}:{port}/ and stops with Ctrl-C."]
        if settings.DEBUG:
            lines += demo.sign_ins(port)
        self.say("\n  ".join(["", *lines, ""]))

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def site(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "8"),
        *("--graceful-timeout", "3", "--log-level", "warning", "--no-control-socket"),
    ]


def worker() -> list[str]:
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "procrastinate", "worker"]


def refuse_if_taken(port: int) -> None:
    with socket.socket() as probe:
        # As the web server does, so that connections of a former run that still fade don't count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Port {port} of {HOST} cannot be used ({getattr(error, 'strerror', error)}). "
                f"Choose another one: make run PORT={8001 if port == 8000 else 8000}"
            ) from error


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Leave the block, and the program with success, upon Ctrl-C and its like."""

    def leave(number: int, frame: FrameType | None) -> None:
        for each in ENDING:
            signal.signal(each, signal.SIG_IGN)  # the end itself is not interrupted
        sys.exit(0)

    for each in ENDING:
        signal.signal(each, leave)
    yield


def code_folders() -> list[Path]:
    rooms = [Path(config.path) for config in apps.get_app_configs()]
    ours = [room for room in rooms if room.parent == settings.BASE_DIR]
    return [*ours, settings.BASE_DIR / "templates", *map(Path, settings.LOCALE_PATHS)]


def answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
