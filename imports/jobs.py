"""What people do with jobs: start, confirm, cancel, undo. The work itself is the worker's."""

import hashlib
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from imports import registry
from imports.models import RUNNING, Job, Progress, State
from imports.tasks import run_job


def start(
    *,
    type: str,
    user: AbstractBaseUser | None,
    options: dict[str, Any] | None = None,
    file: File | None = None,
    encoding: str = "",
    confirmed: bool = False,
    in_background: bool = True,
) -> Job:
    """A new job, handed to the worker: a file is checked first, a change without one is made.

    A `confirmed` one is applied as soon as it is checked.

    Raises ValidationError if the options don't fit the type or a file is missing or too much.
    """
    kind = registry.get(type)
    if kind.takes_file != (file is not None):
        raise ValidationError(_("Choose a file.") if kind.takes_file else _("This takes no file."))
    job = Job(
        type=type,
        options=kind.clean_options(options or {}),
        state=State.CHECKING if kind.takes_file else State.APPLYING,
        user=user,  # type: ignore[misc] # this room knows no User
        encoding=encoding,
        confirmed=confirmed,
        language=translation.get_language() or "en",
    )
    if file is not None:
        _keep(job, file)
    with transaction.atomic():
        job.save()
        if in_background:
            _hand_over(job)
    return job


def confirm(job: Job, *, in_background: bool = True) -> bool:
    """Have a checked job applied; whether this call did it (a second press does nothing)."""
    return _move(job, State.READY, State.APPLYING, in_background=in_background)


def cancel(job: Job) -> bool:
    """Drop a checked job; whether this call did it."""
    return _move(job, State.READY, State.CANCELLED, in_background=False)


@transaction.atomic
def undo(job: Job, *, user: AbstractBaseUser | None = None, in_background: bool = True) -> bool:
    """Have an applied job taken back; whether this call did it (not if its time is over)."""
    # Held, so that its undo records don't expire between the question and the deed.
    Job.objects.select_for_update().get(pk=job.pk)
    known = job.undo_records.exists()
    if not (known and _move(job, State.DONE, State.UNDOING, in_background=in_background)):
        return False
    job.undone_by = user  # type: ignore[assignment] # this room knows no User
    job.save(update_fields=["undone_by"])
    return True


def abandon(job: Job, message: str) -> bool:
    """Close an unfinished job whose process gives up; whether this call did it.

    Not for a job that a worker holds: its row is locked until the worker is done.
    """
    unfinished = Job.objects.filter(pk=job.pk, state__in=[*RUNNING, State.READY])
    closed = unfinished.update(state=State.CANCELLED, message=message, finished_at=timezone.now())
    job.refresh_from_db()
    return bool(closed)


@transaction.atomic
def _move(job: Job, before: State, after: State, *, in_background: bool) -> bool:
    finished = timezone.now() if after == State.CANCELLED else None
    moved = Job.objects.filter(pk=job.pk, state=before).update(state=after, finished_at=finished)
    job.refresh_from_db()
    if moved:
        _begin_anew(job)
    if moved and in_background:
        _hand_over(job)
    return bool(moved)


def _begin_anew(job: Job) -> None:
    """Forget the progress of the step before, and note when this one began."""
    Progress.objects.update_or_create(job=job, defaults={"step": "", "share": 0})


def _hand_over(job: Job) -> None:
    # Deferred in the transaction that moves the job: either both happen or neither.
    run_job.defer(job_id=job.pk)


def _keep(job: Job, file: File) -> None:
    """Store the file with the job and note its fingerprint. Memory stays flat."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    job.file_name = (file.name or "")[-255:]
    job.file_hash = digest.hexdigest()
    job.file.save("", file, save=False)
