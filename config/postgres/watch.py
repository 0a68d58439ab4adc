"""Bringing the server back for those who connect without us, such as a worker's own pool."""

import fcntl
import os
import threading
from collections.abc import Callable
from pathlib import Path

from config.postgres import locks
from config.postgres.programs import ServerError

_watchers: dict[Path, threading.Thread] = {}


def watch(lock: Path, *, needed: Callable[[], bool], revive: Callable[[], None]) -> None:
    """Call `revive` whenever `lock` is let go while it is `needed`; one thread a process."""
    # Threads don't survive a fork: in a child, the parent's watcher counts as dead.
    if (known := _watchers.get(lock)) and known.is_alive():
        return
    watcher = threading.Thread(
        target=_watch, args=(lock, needed, revive), name="postgres watch", daemon=True
    )
    _watchers[lock] = watcher
    watcher.start()


def _watch(lock: Path, needed: Callable[[], bool], revive: Callable[[], None]) -> None:
    while needed():
        descriptor = locks.open_lock(lock)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH)  # sleeps, without polling, while it is held
        finally:
            os.close(descriptor)
        if needed():
            try:
                revive()
            except ServerError:
                # Whoever needs it no more may have stopped it while it was brought back.
                if needed():
                    raise
