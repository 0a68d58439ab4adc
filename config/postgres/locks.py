"""File locks between processes: the kernel releases them whatever way a process ends."""

import atexit
import fcntl
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.02  # seconds between two attempts


def open_lock(path: Path) -> int:
    """A file descriptor to lock; the file belongs to the owner of its folder."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    if os.geteuid() == 0:
        # Root may start what an ordinary user goes on using.
        owner = path.parent.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
    return descriptor


def try_lock(descriptor: int, kind: int) -> bool:
    """Whether the lock (`LOCK_SH` or `LOCK_EX`) was had at once."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def lock(descriptor: int, kind: int, *, deadline: float) -> None:
    """Wait for the lock until `deadline` (monotonic clock), then raise `TimeoutError`."""
    while not try_lock(descriptor, kind):
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(PAUSE)


def wait_until_free(path: Path, *, deadline: float) -> None:
    """Wait until nobody holds the lock; raises `TimeoutError` at `deadline`."""
    descriptor = open_lock(path)
    try:
        lock(descriptor, fcntl.LOCK_EX, deadline=deadline)
    finally:
        os.close(descriptor)


@dataclass
class Use:
    """This process's share in something that the last user has to clear away."""

    path: Path
    clear_away: Callable[[], None]
    descriptor: int

    def is_current(self) -> bool:
        """False when the file was deleted, and perhaps made anew, under our feet."""
        try:
            return os.path.samestat(os.fstat(self.descriptor), self.path.stat())
        except FileNotFoundError:
            return False


_uses: dict[Path, Use] = {}
_guard = threading.Lock()


def uses(path: Path) -> bool:
    """Whether this process has joined and not left."""
    use = _uses.get(path)
    return use is not None and use.is_current()


def join(path: Path, clear_away: Callable[[], None], *, deadline: float) -> None:
    """Hold a share until this process ends; its last holder then calls `clear_away`.

    Waits while a former last holder is clearing away, so what is found afterwards stays.
    """
    with _guard:
        known = _uses.get(path)
        if known and known.is_current():
            return
        descriptor = open_lock(path)
        try:
            lock(descriptor, fcntl.LOCK_SH, deadline=deadline)
        except TimeoutError:
            os.close(descriptor)
            raise
        _uses[path] = Use(path, clear_away, descriptor)
        if known:
            os.close(known.descriptor)


def leave(path: Path) -> None:
    """Give the share back, and clear away if nobody else holds one."""
    with _guard:
        use = _uses.pop(path, None)
    if use is None:
        return
    os.close(use.descriptor)
    if not path.exists():
        return
    # Opened anew: a forked child may still hold the old descriptor, and with it the share.
    descriptor = open_lock(path)
    try:
        if try_lock(descriptor, fcntl.LOCK_EX):
            use.clear_away()
    finally:
        os.close(descriptor)


@atexit.register
def _leave_all() -> None:
    for path in list(_uses):
        leave(path)


# A child forked while another thread is inside would wait for ever.
os.register_at_fork(
    before=_guard.acquire, after_in_parent=_guard.release, after_in_child=_guard.release
)
