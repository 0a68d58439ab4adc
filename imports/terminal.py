"""Jobs told on a terminal: a progress bar, a report in words or as JSON."""

import json
import shutil
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

from imports.models import Job, State
from imports.resources import BulkResource

COUNTS = ("created", "updated", "unchanged", "rejected")


class ProgressBar:
    """A line that is written over and over, on a terminal only."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.shown = stream.isatty()

    def __enter__(self) -> Self:
        return self

    def __call__(self, step: str, share: float) -> None:
        if not self.shown:
            return
        width = max(10, min(40, shutil.get_terminal_size().columns - 45))
        full = round(share * width)
        self._write(f"\r[{'█' * full}{'·' * (width - full)}] {share:4.0%} {step[:30]:<30}")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self.shown:
            self._write("\r\033[K")

    def _write(self, text: str) -> None:
        self.stream.write(text, ending="")
        self.stream.flush()


def report(job: Job) -> str:
    """What was found or done, in words, and the number under which the back-office has it."""
    lines = [f"Import {job.pk}: {job.get_state_display()}."]
    lines += [job.message] if job.message else []
    if job.state not in (State.REFUSED, State.FAILED):
        lines += [f"{getattr(job, name):>12,} {name}" for name in COUNTS]
        lines += [
            f"{reason['count']:>12,} × {reason['reason']} First in line {reason['first_line']}."
            for reason in job.reasons
        ]
    return "\n".join([*lines, *job.notes])


def as_json(job: Job) -> str:
    return json.dumps(
        {
            "job": job.pk,
            "type": job.type,
            "state": job.state,
            "message": job.message,
            **{name: getattr(job, name) for name in COUNTS},
            "reasons": job.reasons,
            "notes": job.notes,
        },
        ensure_ascii=False,
        indent=2,
    )


def describe_types(kinds: Iterable[BulkResource]) -> str:
    """Each type with its columns; those in brackets are optional."""
    lines = []
    for kind in kinds:
        columns = [
            each.column_name if each.required else f"[{each.column_name}]"
            for each in kind.columns({}).values()
        ]
        lines += [kind.slug, f"    {kind.title}: {kind.description}", f"    {', '.join(columns)}"]
    return "\n".join(lines)
