"""How far a running job is, told over a connection of its own.

The job's work is one transaction, so what it writes about itself would be seen only at its end.
"""

import time
from types import TracebackType
from typing import Self

from django.db import connection

SECONDS_BETWEEN_WRITES = 0.4


class ProgressWriter:
    """Writes a job's Progress row: `share` from 0 to 1, at most a few times a second."""

    def __init__(self, job_id: int) -> None:
        self.job_id = job_id
        self.own = connection.copy()
        self.written = 0.0

    def __enter__(self) -> Self:
        self("", 0.0)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.own.close()

    def __call__(self, step: str, share: float) -> None:
        now = time.monotonic()
        if now - self.written < SECONDS_BETWEEN_WRITES:
            return
        self.written = now
        with self.own.cursor() as cursor:
            cursor.execute(
                "INSERT INTO imports_progress (job_id, step, share, updated_at)"
                " VALUES (%s, %s, %s, now()) ON CONFLICT (job_id) DO UPDATE"
                " SET step = EXCLUDED.step, share = EXCLUDED.share, updated_at = now()",
                [self.job_id, str(step), share],
            )
