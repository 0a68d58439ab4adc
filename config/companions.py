"""Processes that run beside each other: started, started again when they end, and ended together.

For `manage.py up`. In production the system's own supervisor does this (docs/deployment.md).
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

PAUSE = 3  # seconds before a process that ended by itself is started again,
LONGEST_PAUSE = 48  # doubled each time, for code that is broken, until it lives as long as this
PATIENCE = 8  # seconds to finish in before a process is killed
WATCHED = {".py", ".html", ".txt", ".mo"}


@cache
def tie() -> Sequence[str]:
    """Has the kernel end a process with us, should we be killed; where there is such a program."""
    setpriv = ("setpriv", "--pdeathsig", "TERM")
    try:
        tried = subprocess.run([*setpriv, "true"], capture_output=True, check=False)
    except FileNotFoundError:
        return ()
    return setpriv if tried.returncode == 0 else ()


@dataclass
class Companion:
    """A process in a session of its own, so that Ctrl-C reaches us alone and we end it orderly.

    `renewal` is the signal upon which it takes up new code: SIGTERM if it has to start again.
    """

    name: str
    command: Sequence[str]
    say: Callable[[str], None]
    renewal: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    renewing: bool = field(default=False, init=False)
    pause: float = field(default=PAUSE, init=False)
    started: float = field(default=0, init=False)  # monotonic clock, as the next
    due: float = field(default=0, init=False)  # when it may be started

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def tend(self) -> None:
        """Start the process if it is not running and has rested."""
        if self.is_running:
            return
        if self.process:
            self._rest(self.process.returncode)
        if time.monotonic() >= self.due:
            self.started = time.monotonic()
            self.process = subprocess.Popen([*tie(), *self.command], start_new_session=True)

    def _rest(self, code: int) -> None:
        self.process = None
        if not self.renewing:
            now = time.monotonic()
            self.pause = PAUSE if now - self.started > LONGEST_PAUSE else self.pause
            self.due = now + self.pause
            self.say(f"The {self.name} ended (code {code}); next start in {self.pause} seconds.")
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
        self.renewing = False

    def renew(self) -> None:
        """Have the process take up changed code, which may also be what lets it start at all."""
        self.due, self.pause = 0, PAUSE
        if self.process and self.is_running:
            self.renewing = self.renewal == signal.SIGTERM
            self.process.send_signal(self.renewal)

    def terminate(self) -> None:
        if self.process:
            self.process.terminate()

    def kill(self) -> None:
        """End whatever is left of the process and of what it started."""
        if self.process:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return
            self.process.wait()


def end(companions: Iterable[Companion]) -> None:
    """Ask all to finish, and return when they have or have been killed."""
    running = [companion for companion in companions if companion.is_running]
    for companion in running:
        companion.terminate()
    deadline = time.monotonic() + PATIENCE
    while any(companion.is_running for companion in running) and time.monotonic() < deadline:
        time.sleep(0.05)
    for companion in running:
        companion.kill()


def newest_change(folders: Iterable[Path]) -> tuple[int, int]:
    """A mark of the code in these folders that changes when a file of it does."""
    times = [
        path.stat().st_mtime_ns
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in WATCHED and path.exists()
    ]
    return len(times), max(times, default=0)
