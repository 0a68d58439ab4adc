"""What the worker does with a job: check it, apply it, undo it.

Each is one transaction that holds the job's row. Whoever dies in it leaves nothing behind, and
whoever comes next starts from the same state; so a job may be run again at any time.
"""

from collections.abc import Callable, Iterable
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from django.db import connection, transaction
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.exceptions import JobAborted

from imports import registry
from imports.errors import Refused
from imports.failure import fail
from imports.models import Job, State
from imports.progress import ProgressWriter
from imports.reading import Opened, UnreadableFile, open_rows
from imports.rejects import group_rejects, is_own, write_rejects
from imports.resources import BulkResource, Column
from imports.runs import STAGED_SHARE, Run, Tell
from imports.staging import Staging

UNEXPECTED = gettext_lazy("Something unexpected went wrong. Nothing was changed.")


def check(job_id: int, tell: Tell | None = None) -> None:
    """Read and check a job's file without changing anything; CHECKING becomes READY or REFUSED.

    APPLYING instead of READY if the job was confirmed when it was started.
    """
    _work(job_id, State.CHECKING, State.READY, _check, tell, dry=True)


def apply(job_id: int, tell: Tell | None = None) -> None:
    """Do what a job says; APPLYING becomes DONE, or REFUSED with nothing changed."""
    _work(job_id, State.APPLYING, State.DONE, _apply, tell, dry=False)


def undo(job_id: int, tell: Tell | None = None) -> None:
    """Take a job back; UNDOING becomes UNDONE."""
    _work(job_id, State.UNDOING, State.UNDONE, _undo, tell, dry=False)


def _work(
    job_id: int,
    before: State,
    after: State,
    step: Callable[[Run], None],
    tell: Tell | None,
    *,
    dry: bool,
) -> None:
    try:
        # Django translates the errors of its own calls only; COPY is psycopg's.
        with (
            _telling(job_id, tell) as tell_all,
            connection.wrap_database_errors,
            transaction.atomic(),
        ):
            # Another worker that still holds the job finishes first; then nothing is left to do.
            job = Job.objects.select_for_update().filter(pk=job_id, state=before).first()
            if job is None:
                return
            with translation.override(job.language):
                _settle(job, Run(job, dry=dry, tell=tell_all), step, after)
    except (OperationalError, InterfaceError, JobAborted):
        raise  # the database went away, or the worker stops; the queue tries again
    except Exception:
        fail(job_id, before, UNEXPECTED, at=timezone.now())
        raise


def _settle(job: Job, run: Run, step: Callable[[Run], None], after: State) -> None:
    """Run the step; a refusal undoes what it did so far, and is kept with the job."""
    try:
        with transaction.atomic():
            run.prepare()
            step(run)
            run.close()
        job.state, job.message = after, ""
        if job.state == State.READY and job.confirmed:
            job.state = State.APPLYING
    except (UnreadableFile, Refused) as refusal:
        job.state, job.message = State.REFUSED, str(refusal)
    if job.state not in (State.READY, State.APPLYING):
        job.finished_at = timezone.now()
    job.save()


@contextmanager
def _telling(job_id: int, listener: Tell | None) -> Any:
    with ProgressWriter(job_id) as write:

        def tell(step: str, share: float) -> None:
            write(step, share)
            if listener:
                listener(step, share)

        yield tell


def _check(run: Run) -> None:
    resource = cast(BulkResource, registry.get(run.job.type))
    _read(run, resource, resource.preview)


def _apply(run: Run) -> None:
    change = registry.get(run.job.type)
    if change.takes_file:
        _read(run, cast(BulkResource, change), change.apply)
    else:
        change.apply(run)
        run.job.deleted = run.counts["deleted"]


def _undo(run: Run) -> None:
    registry.get(run.job.type).undo(run)
    run.job.undo_records.all().delete()


def _read(run: Run, resource: BulkResource, then: Callable[[Run], None]) -> None:
    """Stage the file, sort out its bad lines, go on with the good ones, and report on all."""
    columns = resource.columns(run.options)
    with run.job.file.open("rb") as file:
        opened, batches = open_rows(
            cast(BinaryIO, file),
            expected=[column.column_name for column in columns.values()],
            encoding=run.job.encoding or None,
        )
        run.columns = _present(opened, columns)
        _need_columns(run.columns, resource, columns)
        run.job.notes = _notes(opened, columns.values())
        run.stage(*_staged(run, opened, batches, columns))
    resource.check(run)
    then(run)
    _count(run, resource, opened)


def _staged(
    run: Run, opened: Opened, batches: Any, columns: dict[str, Column]
) -> tuple[Staging, str]:
    staging = Staging(run.cursor, run.job.pk, len(opened.header))
    size = max(opened.size, 1)
    reading = _("Reading the file")
    staging.load(batches, lambda at: run.tell(reading, STAGED_SHARE * min(at / size, 1)))
    wanted = {key: column.column_name for key, column in columns.items()}
    return staging, staging.select(opened.header, wanted)


def _present(opened: Opened, columns: dict[str, Column]) -> frozenset[str]:
    names = {name.casefold() for name in opened.header}
    return frozenset(key for key, each in columns.items() if each.column_name.casefold() in names)


def _need_columns(
    present: frozenset[str], resource: BulkResource, columns: dict[str, Column]
) -> None:
    """Raises Refused if a column is missing."""
    lacking = {key: f"“{each.column_name}”" for key, each in columns.items() if key not in present}
    if missing := [lacking[key] for key in lacking if columns[key].required]:
        raise Refused(
            _("The file has no column %(columns)s. Its first line must name the columns.")
            % {"columns": ", ".join(missing)}
        )
    if resource.one_of and all(key in lacking for key in resource.one_of):
        raise Refused(
            _("The file has no column %(columns)s: it needs at least one of them.")
            % {"columns": _(" or ").join(lacking[key] for key in resource.one_of)}
        )


def _notes(opened: Opened, columns: Iterable[Column]) -> list[str]:
    """What the reader should know about the file."""
    known = {column.column_name.casefold() for column in columns}
    ignored = [n for n in opened.header if n and n.casefold() not in known and not is_own(n)]
    notes = []
    if ignored:
        notes.append(_("Columns that were not used: %s.") % ", ".join(ignored))
    if opened.encoding not in ("", "utf-8"):
        notes.append(_("Read as %s.") % opened.encoding)
    return notes


def _count(run: Run, resource: BulkResource, opened: Opened) -> None:
    """Put the counts and the rejects on the job; a line that is not counted is unchanged."""
    job, staging = run.job, run.staging
    assert staging is not None  # noqa: S101
    job.reasons = group_rejects(run, resource)
    job.rejected = sum(reason["count"] for reason in job.reasons)
    job.created, job.updated = run.counts["created"], run.counts["updated"]
    job.unchanged = staging.rows - job.rejected - job.created - job.updated
    if job.rejected:
        write_rejects(run, resource, opened.header)
