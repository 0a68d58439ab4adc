"""Imports and other changes from their start to their report, as the worker carries them out."""

from typing import Any

from django.core.files.base import ContentFile

from imports import jobs, worker
from imports.models import Job, State

EMAILS, WITHDRAWAL = "private-offer-emails", "private-offer-emails-withdrawal"


def started(
    type: str,
    data: bytes | None = None,
    *,
    name: str = "list.csv",
    options: dict[str, Any] | None = None,
) -> Job:
    file = None if data is None else ContentFile(data, name=name)
    return jobs.start(type=type, user=None, file=file, options=options, in_background=False)


def checked(type: str, data: bytes, **fields: Any) -> Job:
    """Ready to be confirmed, or refused."""
    job = started(type, data, **fields)
    worker.check(job.pk)
    job.refresh_from_db()
    assert job.state in (State.READY, State.REFUSED), job.message
    return job


def confirmed(type: str, data: bytes, **fields: Any) -> Job:
    """Waiting to be applied."""
    job = checked(type, data, **fields)
    assert jobs.confirm(job, in_background=False)
    return job


def applied(job: Job) -> Job:
    worker.apply(job.pk)
    job.refresh_from_db()
    return job


def imported(type: str, data: bytes, **fields: Any) -> Job:
    """Done, or refused."""
    job = checked(type, data, **fields)
    if job.state == State.READY:
        jobs.confirm(job, in_background=False)
        applied(job)
        assert job.state == State.DONE, job.message
    return job


def changed(type: str, **options: Any) -> Job:
    """Done, without a file: a withdrawal, say."""
    job = applied(started(type, options=options))
    assert job.state == State.DONE, job.message
    return job


def undone(job: Job) -> Job:
    assert jobs.undo(job, in_background=False)
    worker.undo(job.pk)
    job.refresh_from_db()
    assert job.state == State.UNDONE, job.message
    return job


def counts(job: Job) -> dict[str, int]:
    """Those that are not zero."""
    names = ("created", "updated", "deleted", "unchanged", "rejected")
    return {name: getattr(job, name) for name in names if getattr(job, name)}


def rejects(job: Job) -> list[tuple[str, int, int]]:
    """(code, how many, first line) of each reason, as they are listed: the most frequent first."""
    return [(reason["code"], reason["count"], reason["first_line"]) for reason in job.reasons]
