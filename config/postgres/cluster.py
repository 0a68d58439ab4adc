"""A data folder and the server on it: made, started, healed and stopped."""

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from config.postgres import account, data, folders, locks, programs, watch
from config.postgres.programs import ServerError

NAME = "bespoke"
PORT = "5432"
PATIENCE = 300  # seconds: recovery after a crash may read gigabytes
EXIT_PATIENCE = 10  # seconds that the last process out waits for the server's end


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL data folder that this program owns, and its server.

    `durable=False` trades safety in a crash of the machine for speed: for tests.
    `places` yields the folders in which PostgreSQL's programs are looked for, best first.
    """

    folder: Path
    durable: bool = True
    places: Callable[[], Iterable[Path]] = programs.places

    def connection_settings(self) -> dict[str, str]:
        """Entries for Django's DATABASES; starts and touches nothing."""
        socket_folder = folders.socket_folder(self._path())
        return {"HOST": str(socket_folder), "PORT": PORT, "NAME": NAME, "USER": NAME}

    @property
    def in_use(self) -> bool:
        """Whether this process is one of the server's users already."""
        return locks.uses(self._path("users.lock"))

    def ensure_running(self) -> None:
        """Return once connections are accepted; safe when many processes call at once.

        From then on this process is a user: the last user's end stops the server.
        """
        deadline = time.monotonic() + PATIENCE
        try:
            folders.prepare(self._path())
            locks.join(self._path("users.lock"), self._stop_server, deadline=deadline)
            self._bring_up(deadline)
        except TimeoutError:
            raise self._error("PostgreSQL did not get ready in time") from None
        except PermissionError as error:
            raise ServerError(
                f"{error.filename} belongs to another user: run this as that user, or choose "
                "another STATE_DIR, or set DATABASE_URL."
            ) from error

    def keep_running(self) -> None:
        """Ensure it runs and, while this process lives, bring it back at once if it dies."""
        if not self.in_use:
            self.ensure_running()
        watch.watch(
            self._path("server.lock"), needed=lambda: self.in_use, revive=self.ensure_running
        )

    def stop(self) -> None:
        """Stop the server now, even while others use it: they start it anew."""
        locks.leave(self._path("users.lock"))
        self._stop_server()

    def _path(self, name: str = "") -> Path:
        return self.folder.resolve() / name

    def _ping(self) -> Ping:
        settings = self.connection_settings()
        target = make_conninfo(
            host=settings["HOST"], port=PORT, user=NAME, dbname="postgres", connect_timeout=5
        )
        return Ping(PGconn.ping(target.encode()))

    def _bring_up(self, deadline: float) -> None:
        """Start the server if none lives, and wait until it takes connections.

        Whoever starts the server holds "server.lock" and bequeaths it to the server, down to
        its last orphaned process. That tells whether one lives or is being started, where
        process numbers may be stale, reused or another container's.
        """
        started = False
        while self._ping() is not Ping.OK:
            server_lock = locks.open_lock(self._path("server.lock"))
            try:
                if locks.try_lock(server_lock, fcntl.LOCK_EX):
                    if started:
                        raise self._error("PostgreSQL did not start")
                    self._start_server(server_lock)
                    started = True
                elif time.monotonic() > deadline:
                    raise TimeoutError
            finally:
                os.close(server_lock)
            time.sleep(locks.PAUSE)

    def _start_server(self, server_lock: int) -> None:
        folder, data_folder = self._path(), self._path("data")
        found = programs.find(
            self.places(), copies=folder, data_major=data.major_version(data_folder)
        )
        runner, chosen = account.choose(folder, found, server_lock)
        socket_folder = folders.socket_folder(folder)
        runner.take(socket_folder)
        if not data_folder.exists():
            data.make(data_folder, NAME, runner, chosen, durable=self.durable)
        data.clear_leftovers(data_folder, socket_folder)
        data.configure(data_folder, socket_folder, runner, durable=self.durable)
        # pg_ctl detaches the server from us and from the terminal. Its output is not captured:
        # the server inherits it, and a pipe would never end.
        done = runner.run(
            [chosen["pg_ctl"], "start", "-D", "data", "-l", "start.log", "--no-wait", "--silent"],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if done.returncode:
            raise self._error("PostgreSQL did not start")

    def _stop_server(self) -> None:
        """Fast shutdown; after some seconds it goes on without our waiting for its end."""
        if self._ping() is Ping.NO_RESPONSE or (pid := data.postmaster(self._path("data"))) is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGINT)
        with suppress(TimeoutError):
            locks.wait_until_free(
                self._path("server.lock"), deadline=time.monotonic() + EXIT_PATIENCE
            )

    def _error(self, what: str) -> ServerError:
        return ServerError(
            f"{what} in {self.folder}. Its last words:\n{data.last_words(self._path('data'))}\n"
            "Mend what they say (often a full disk, or too little memory), or set DATABASE_URL "
            "to a server of yours."
        )
