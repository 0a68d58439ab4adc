"""Deeds at the same moment: real connections in threads.

Where the order matters, one side is stopped at a lock that the test holds, and goes on when the
other is seen waiting.
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection, transaction

from tests.patience import PATIENCE


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """The results of what was begun together, each on a connection of its own."""
    barrier = threading.Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> object:
        barrier.wait()
        return on_own_connection(deed)

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def on_own_connection(deed: Callable[[], object]) -> object:
    try:
        return deed()
    finally:
        connection.close()


def wait_for_waiting(number: int = 1) -> None:
    """Until so many others wait for a lock."""
    deadline = time.monotonic() + PATIENCE
    while _waiting() < number:
        assert time.monotonic() < deadline, "nobody waits"
        time.sleep(0.005)


def _waiting() -> int:
    with connection.cursor() as cursor:
        # Or a transaction would see the same activity for ever.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND cardinality(pg_blocking_pids(pid)) > 0"
        )
        return int(cursor.fetchone()[0])


@contextmanager
def locked(statement: str, *values: object) -> Iterator[None]:
    """Whoever needs what this locks waits until the end."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        yield


def held(table: str) -> str:
    """A statement for `stopped_at`: whoever wants to write to this table waits; all may read."""
    return f"LOCK TABLE {table} IN SHARE MODE"


def stopped_at(statement: str, *deeds: Callable[[], object]) -> list[object]:
    """The results of deeds that begin in this order, each when the one before waits."""
    with ThreadPoolExecutor(len(deeds)) as pool:
        futures = []
        with locked(statement):
            for number, deed in enumerate(deeds, 1):
                futures.append(pool.submit(on_own_connection, deed))
                wait_for_waiting(number)
        return [future.result() for future in futures]
