"""The end of uploads, rejects and undo records: personal data is kept no longer than promised."""

import datetime as dt
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from imports.models import RUNNING, IdempotencyKey, Job, Progress, State, UndoRecord

UPLOADING = dt.timedelta(days=1)  # a file may be older than the job that will name it


def expire_jobs(at: dt.datetime) -> None:
    """Delete the files and undo records of old jobs; the jobs and their counts stay.

    A job that waits for its confirmation is cancelled; one that runs keeps all until it is done.
    """
    before = at - dt.timedelta(days=settings.IMPORT_FILES_KEPT_DAYS)
    old = Job.objects.filter(created_at__lt=before).exclude(state__in=RUNNING)
    has_undo_records = Exists(UndoRecord.objects.filter(job=OuterRef("pk")))
    holding = old.filter(~Q(file="") | ~Q(rejects="") | Q(state=State.READY) | has_undo_records)
    for number in holding.values_list("pk", flat=True):
        with transaction.atomic():
            job = old.select_for_update(skip_locked=True).filter(pk=number).first()
            if job:
                _expire(job, at)
    Progress.objects.filter(job__in=old).delete()


def _expire(job: Job, at: dt.datetime) -> None:
    if job.state == State.READY:
        with override(job.language):
            job.message = _("Nobody confirmed this in time. Nothing was changed.")
        job.state, job.finished_at = State.CANCELLED, at
    for file in (job.file, job.rejects):
        file.delete(save=False)
    job.save()
    job.undo_records.all().delete()


def forget_answers(at: dt.datetime) -> None:
    """Forget what callers of the API asked for by a key, as old as jobs whose files are gone."""
    before = at - dt.timedelta(days=settings.IMPORT_FILES_KEPT_DAYS)
    IdempotencyKey.objects.filter(job=None, created_at__lt=before).delete()


def delete_strays(at: dt.datetime) -> None:
    """Delete files that no job names, as a process leaves them that is killed while writing."""
    storage = storages["private"]
    named = {name for pair in Job.objects.values_list("file", "rejects") for name in pair}
    for name in _files(storage):
        if name not in named and storage.get_modified_time(name) < at - UPLOADING:
            storage.delete(name)
    for folder in _folders(storage):
        if not any(storage.listdir(folder)) and storage.get_modified_time(folder) < at - UPLOADING:
            storage.delete(folder)


def _folders(storage: Storage) -> Iterator[str]:
    if storage.exists("jobs"):
        yield from (str(PurePosixPath("jobs", name)) for name in storage.listdir("jobs")[0])


def _files(storage: Storage) -> Iterator[str]:
    for folder in _folders(storage):
        yield from (f"{folder}/{name}" for name in storage.listdir(folder)[1])
