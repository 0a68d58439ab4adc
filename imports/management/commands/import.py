# ruff: noqa: N999 Django takes the command's name from the module
"""`manage.py import`: the same jobs as on the Import page, run in this process."""

import shutil
import signal
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import structlog
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.management.base import BaseCommand
from django.db.utils import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from imports import jobs, registry, worker
from imports.models import Job, State
from imports.reading import ENCODINGS
from imports.terminal import ProgressBar, as_json, describe_types, report

STOPPED = "Stopped. Nothing was changed."
ALL_TAKEN, SOME_REJECTED, NOTHING_DONE = 0, 1, 2

log = structlog.get_logger(__name__)


class NothingDone(Exception):  # noqa: N818 an outcome, with its exit code
    """The message says why and what to do."""


class Command(BaseCommand):
    help = (
        "Import a file. Exit code 0: all rows were taken; 1: some were rejected; 2: nothing done."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("type", metavar="TYPE", nargs="?", help="what the file holds")
        parser.add_argument("file", metavar="FILE", nargs="?", help="the file, or - for stdin")
        parser.add_argument("--list", action="store_true", help="list the types and their columns")
        parser.add_argument("--dry-run", action="store_true", help="check only, change nothing")
        parser.add_argument("--rejects", metavar="OUT", help="where to write the rejected rows")
        parser.add_argument("--yes", action="store_true", help="import without asking")
        parser.add_argument("--encoding", choices=ENCODINGS, help="default: found out")
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, **options: Any) -> None:
        if options["list"]:
            self.stdout.write(describe_types(registry.importable()))
            return
        try:
            with interruptible():
                code = self.run(options)
        except NothingDone as reason:
            self.stderr.write(str(reason))
            code = NOTHING_DONE
        except KeyboardInterrupt:
            self.stderr.write(STOPPED)
            code = NOTHING_DONE
        if code:
            sys.exit(code)

    def run(self, options: dict[str, Any]) -> int:
        """Check, ask, apply, report; the exit code."""
        self._refuse_bad_arguments(options)
        with opened(options["file"]) as file, writable(options["rejects"]) as out:
            job = start(options["type"], file, options["encoding"] or "")
            try:
                self._work(job, options)
            except KeyboardInterrupt:
                if jobs.abandon(job, _("The command was stopped. Nothing was changed.")):
                    raise
            except (OperationalError, InterfaceError) as error:
                raise NothingDone(f"The database failed. Nothing was changed. {error}") from None
            except NothingDone:
                raise
            except Exception:
                log.exception("import_failed", job=job.pk, type=job.type)
            job.refresh_from_db()
            return self._tell(job, options, out)

    def _refuse_bad_arguments(self, options: dict[str, Any]) -> None:
        known = [kind.slug for kind in registry.importable()]
        if options["type"] not in known:
            raise NothingDone(
                f"There is no type {options['type'] or ''!r}. There are: {', '.join(known)}."
            )
        if not options["file"]:
            raise NothingDone("Name a file, or - to read from stdin.")
        if not (options["yes"] or options["dry_run"] or is_terminal(options["file"])):
            raise NothingDone(
                "Nobody can be asked here: add --yes to import, or --dry-run to check only."
            )

    def _work(self, job: Job, options: dict[str, Any]) -> None:
        with ProgressBar(self.stderr) as tell:
            worker.check(job.pk, tell)
        job.refresh_from_db()
        if job.state != State.READY:
            return
        if options["dry_run"]:
            jobs.cancel(job)
            return
        self._confirm(job, options)
        with ProgressBar(self.stderr) as tell:
            worker.apply(job.pk, tell)

    def _tell(self, job: Job, options: dict[str, Any], rejects: IO[bytes] | None) -> int:
        self.stdout.write(as_json(job) if options["json"] else report(job))
        if rejects and job.rejects:
            with job.rejects.open("rb") as kept:
                shutil.copyfileobj(kept, rejects)
        if job.state in (State.REFUSED, State.FAILED):
            return NOTHING_DONE
        return SOME_REJECTED if job.rejected else ALL_TAKEN

    def _confirm(self, job: Job, options: dict[str, Any]) -> None:
        if not options["yes"]:
            self.stderr.write(report(job))
            self.stderr.write("Import? [y/N] ", ending="")
            self.stderr.flush()
            if sys.stdin.readline().strip().casefold() not in ("y", "yes"):
                jobs.cancel(job)
                raise NothingDone("Cancelled. Nothing was changed.")
        jobs.confirm(job, in_background=False)


@contextmanager
def interruptible() -> Iterator[None]:
    """A polite request to end (SIGTERM) is taken like Ctrl-C: rolled back and said."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def is_terminal(file: str) -> bool:
    return file != "-" and sys.stdin.isatty()


@contextmanager
def opened(name: str) -> Iterator[File]:
    try:
        if name != "-":
            with Path(name).open("rb") as file:
                yield File(file, name=Path(name).name)
            return
        with tempfile.TemporaryFile() as copy:  # A job's file is read more than once.
            shutil.copyfileobj(sys.stdin.buffer, copy)
            copy.seek(0)
            yield File(copy, name="stdin")
    except OSError as error:
        raise NothingDone(f"{name} cannot be read: {error.strerror}.") from None


def start(type: str, file: File, encoding: str) -> Job:
    try:
        return jobs.start(type=type, user=None, file=file, encoding=encoding, in_background=False)
    except ValidationError as refusal:
        raise NothingDone(" ".join(refusal.messages)) from None


@contextmanager
def writable(name: str | None) -> Iterator[IO[bytes] | None]:
    """The file for the rejects, opened before anything is done; gone again if it stays empty."""
    if not name:
        yield None
        return
    path = Path(name)
    try:
        path.touch(mode=0o600)  # It holds personal data.
        out = path.open("wb")
    except OSError as error:
        raise NothingDone(f"{name} cannot be written: {error.strerror}.") from None
    try:
        with out:
            yield out
    finally:
        if not path.stat().st_size:
            path.unlink()
