"""A data folder and the server on it: made, started, healed and stopped."""

import fcntl
import hashlib
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from config.postgres import account, data, locks, programs
from config.postgres.programs import ServerError

NAME = "bespoke"
PORT = "5432"
PATIENCE = 300  # seconds: recovery after a crash may read gigabytes
EXIT_PATIENCE = 15  # seconds that the last process out waits for the server's end
LONGEST_SOCKET_FOLDER = 88  # bytes: macOS allows 103 for the whole name, Linux 107


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL data folder that this program owns, and its server.

    `durable=False` trades safety in a crash of the machine for speed: for tests.
    `places` yields the folders in which PostgreSQL's programs are looked for, best first.
    """

    folder: Path
    durable: bool = True
    places: Callable[[], Iterable[Path]] = programs.folders

    def connection_settings(self) -> dict[str, str]:
        """Django's DATABASES entries; starts and touches nothing."""
        return {"HOST": str(self.socket_folder), "PORT": PORT, "NAME": NAME, "USER": NAME}

    @property
    def in_use(self) -> bool:
        """Whether this process has a share in the server already."""
        return locks.uses(self._path("users.lock"))

    def ensure_running(self) -> None:
        """Return once connections are accepted; safe when many processes call at once.

        From then on this process is a user: the last user's end stops the server.
        """
        deadline = time.monotonic() + PATIENCE
        try:
            self._prepare_folders()
            locks.join(self._path("users.lock"), self._stop_server, deadline=deadline)
            if self._ping() is Ping.OK:
                return
            with locks.exclusively(self._path("start.lock"), deadline=deadline):
                self._bring_up(deadline)
        except TimeoutError:
            raise self._error("PostgreSQL did not get ready in time") from None
        except PermissionError as error:
            raise ServerError(
                f"{error.filename} belongs to another user: run this as that user, or choose "
                "another STATE_DIR, or set DATABASE_URL."
            ) from error

    def stop(self) -> None:
        """Stop the server now, even while others use it (their next connection starts it)."""
        if self._path("start.lock").exists():
            with locks.exclusively(self._path("start.lock"), deadline=time.monotonic() + PATIENCE):
                self._stop_server()
        locks.leave(self._path("users.lock"))

    @property
    def socket_folder(self) -> Path:
        """The cluster's own folder, unless its name is too long or too odd for a socket."""
        folder = str(self.folder.resolve())
        if re.fullmatch(r"[\w/.+-]+", folder, re.ASCII) and len(folder) <= LONGEST_SOCKET_FOLDER:
            return Path(folder)
        # Not $TMPDIR: all processes must agree, and it may be long itself.
        return Path("/tmp") / f"{NAME}-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:24]}"  # noqa: S108

    def _path(self, name: str) -> Path:
        return self.folder.resolve() / name

    def _prepare_folders(self) -> None:
        folder = self.folder.resolve()
        if not folder.exists():
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
            if os.geteuid() == 0:
                owner = folder.parent.stat()
                os.chown(folder, owner.st_uid, owner.st_gid)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
        if self.socket_folder != folder:
            self._prepare_socket_folder(owner=folder.stat())

    def _prepare_socket_folder(self, *, owner: os.stat_result) -> None:
        socket_folder = self.socket_folder
        try:
            socket_folder.mkdir(mode=0o700)
        except FileExistsError:
            found = socket_folder.lstat()
            known = {os.geteuid(), owner.st_uid}
            if found.st_mode & 0o170777 != 0o040700 or found.st_uid not in known:
                raise ServerError(
                    f"{socket_folder} is not a private folder of yours: have it removed, or "
                    "choose a STATE_DIR with a shorter path."
                ) from None

    def _ping(self) -> Ping:
        settings = self.connection_settings()
        target = make_conninfo(
            host=settings["HOST"], port=PORT, user=NAME, dbname="postgres", connect_timeout=5
        )
        return Ping(PGconn.ping(target.encode()))

    def _bring_up(self, deadline: float) -> None:
        """Start the server if none lives, and wait until it takes connections.

        A server, down to its last orphaned process, holds a lock on "server.lock": so it is
        known whether one lives, where process numbers may be stale, reused or another
        container's.
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
        found = programs.find(
            self.places(),
            copies=self._path(""),
            data_major=data.major_version(self._path("data")),
        )
        runner, chosen = account.choose(self._path(""), found)
        runner.take(self.socket_folder)
        if not self._path("data").exists():
            data.make(
                self._path("data"), name=NAME, account=runner, programs=chosen, durable=self.durable
            )
        data.ready(
            self._path("data"),
            socket_folder=self.socket_folder,
            port=PORT,
            account=runner,
            durable=self.durable,
        )
        self._path("start.log").unlink(missing_ok=True)
        # pg_ctl detaches the server from us and from the terminal; it inherits the lock.
        done = runner.run(
            [chosen["pg_ctl"], "start", "-D", "data", "-l", "start.log", "--no-wait", "--silent"],
            cwd=self._path(""),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[server_lock],
        )
        if done.returncode:
            raise self._error("PostgreSQL did not start")

    def _stop_server(self) -> None:
        """Fast shutdown; gives up waiting, not stopping, after some seconds."""
        if self._ping() is Ping.NO_RESPONSE:
            return
        pid = int(self._path("data/postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGINT)
        with (
            suppress(TimeoutError),
            locks.exclusively(self._path("server.lock"), deadline=time.monotonic() + EXIT_PATIENCE),
        ):
            pass

    def _error(self, what: str) -> ServerError:
        return ServerError(
            f"{what} in {self.folder}. Its last words:\n{data.last_words(self._path('data'))}\n"
            "Free disk space or memory if that says so; or set DATABASE_URL to a server of yours."
        )
