"""Imports of customers from their file to their report: shared by the tests of what they do."""

from django.core.files.base import ContentFile

from imports import jobs, worker
from imports.models import Job, State

HEADER = "External ID,Email,Phone,First name,Last name,Birth date\n"


def run(lines: str | bytes, *, header: str = HEADER, dry: bool = False) -> Job:
    data = lines if isinstance(lines, bytes) else (header + lines).encode()
    job = jobs.start(
        type="customers", user=None, file=ContentFile(data, name="a.csv"), in_background=False
    )
    worker.check(job.pk)
    job.refresh_from_db()
    if job.state == State.READY and not dry:
        jobs.confirm(job, in_background=False)
        worker.apply(job.pk)
        job.refresh_from_db()
    assert job.state in (State.READY, State.DONE, State.REFUSED)
    return job


def undo(job: Job) -> Job:
    assert jobs.undo(job, in_background=False)
    worker.undo(job.pk)
    job.refresh_from_db()
    assert job.state == State.UNDONE
    return job


def counts(job: Job) -> dict[str, int]:
    names = ("created", "updated", "unchanged", "rejected")
    return {name: getattr(job, name) for name in names if getattr(job, name)}


def rejects(job: Job) -> list[tuple[str, int, int]]:
    found = [(r["code"], r["count"], r["first_line"]) for r in job.reasons]
    return sorted(found, key=lambda reject: reject[2])
