"""Who keeps a server alive."""

import threading
from pathlib import Path

from config.postgres import watch
from config.postgres.programs import ServerError
from tests.patience import PATIENCE


def test_a_server_that_is_stopped_while_it_comes_back_is_no_fault(place: Path):
    """Else the thread's traceback would fail this test."""
    is_needed = [True]

    def stopped_meanwhile() -> None:
        is_needed.clear()
        raise ServerError("PostgreSQL did not start")

    others = set(threading.enumerate())
    watch.watch(place / "server.lock", needed=lambda: bool(is_needed), revive=stopped_meanwhile)
    for each in set(threading.enumerate()) - others:
        each.join(PATIENCE)
    assert not is_needed
