"""Uploads and rejects of jobs: who is erased is taken out of them, too."""

import csv
import datetime as dt
import io
import tempfile
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from customers.erasure.person import Person
from imports.models import Job, State
from imports.reading import AnyBatch, UnreadableFile, open_rows
from imports.runs import Tell


def with_files() -> QuerySet[Job]:
    return Job.objects.exclude(Q(file="") & Q(rejects=""))


def jobs_that_name(person: Person, tell: Tell, step: str) -> list[int]:
    """Ids of the jobs whose files name the person, or can't be read. Locks nothing.

    Jobs that begin meanwhile are looked at as well.
    """
    found: list[int] = []
    looked_at: set[int] = set()
    while waiting := list(with_files().exclude(pk__in=looked_at).order_by("pk")):
        for number, job in enumerate(waiting):
            tell(step, 0.6 * number / len(waiting))
            looked_at.add(job.pk)
            if _names_them(job, person):
                found.append(job.pk)
    return found


def clean(number: int, person: Person, at: dt.datetime) -> tuple[int, int]:
    """Take the person out of a job's files; how many files went and lines of rejects.

    Waits for whoever works on the job. One that is still to come is cancelled: its file would
    bring the person back. The files themselves go when the transaction is through.
    """
    job = Job.objects.select_for_update().filter(pk=number).first()
    if job is None:
        return 0, 0
    deleted, lines = 0, 0
    with override(job.language):
        if job.file and _upload_names_them(job, person):
            _cancel_or_note(job, at)
            _forget(job.file.name)
            job.file, deleted = "", 1
        if job.rejects:
            lines = _rewrite_rejects(job, person)
        if lines:
            text = ngettext(
                "%d line of the rejects was deleted: the person it named was erased.",
                "%d lines of the rejects were deleted: the person they named was erased.",
                lines,
            )
            job.notes = [*job.notes, text % lines]
    if any(text in job.file_name.lower() for text in (*person.emails, *person.phones)):
        job.file_name = ""
    job.save()
    return deleted, lines


def _cancel_or_note(job: Job, at: dt.datetime) -> None:
    if job.state in (State.CHECKING, State.READY, State.APPLYING):
        job.state, job.finished_at = State.CANCELLED, at
        job.message = _(
            "A person whom this file named was erased. Nothing was changed. To import the others,"
            " take the person out of your file and upload it again."
        )
    else:
        note = _("The uploaded file was deleted: a person whom it named was erased.")
        job.notes = [*job.notes, note]


def _forget(name: str | None) -> None:
    """After the commit; should this process die before, the worker sweeps the file away."""
    transaction.on_commit(lambda: storages["private"].delete(str(name)))


def _names_them(job: Job, person: Person) -> bool:
    return bool(
        (job.file and _upload_names_them(job, person))
        or (job.rejects and any(named for named, _row in _rejects(job, person)))
    )


def _upload_names_them(job: Job, person: Person) -> bool:
    """True, too, for a file that nobody can read: nobody can tell whom it names."""
    try:
        with job.file.open("rb") as file:
            opened, batches = open_rows(
                cast(BinaryIO, file), expected=["Email", "Phone"], encoding=job.encoding or None
            )
            return any(_batch_names_them(person, opened.header, batch) for batch in batches)
    except UnreadableFile:
        return True
    except FileNotFoundError:
        return False


def _batch_names_them(person: Person, header: tuple[str, ...], batch: AnyBatch) -> bool:
    malformed = [cells for _line, cells, _reason in batch.malformed]
    text = getattr(batch, "text", None) or "\n".join(
        cell for column in getattr(batch, "columns", []) for cell in column
    )
    if person.may_be_in(text) and any(
        person.is_named_by(header, cells) for _line, cells in batch.rows
    ):
        return True
    return any(person.is_named_by(header, cells) for cells in malformed)


def _rewrite_rejects(job: Job, person: Person) -> int:
    """Without the lines that name the person; how many those were."""
    old, gone, kept = job.rejects.name, 0, 0
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        for named, row in _rejects(job, person):
            gone += named
            kept += not named
            if not named:
                writer.writerow(row)
        if not gone:
            return 0
        out.flush()
        _forget(old)
        job.rejects = ""
        if kept > 1:  # more than the header
            job.rejects.save("", File(cast(IO[bytes], out.buffer)), save=False)
    return gone


def _rejects(job: Job, person: Person) -> Iterator[tuple[bool, list[str]]]:
    """Rows of the rejects, the header first, and whether they name the person."""
    try:
        file = job.rejects.open("rb")
    except FileNotFoundError:
        return
    with file, io.TextIOWrapper(cast(BinaryIO, file), encoding="utf-8", newline="") as text:
        reader = csv.reader(text)
        header = next(reader, [])
        yield False, header
        for row in reader:
            yield person.is_named_by(header, row), row
