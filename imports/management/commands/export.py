from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from imports import exports, registry


class Command(BaseCommand):
    help = "Export a type to a file or to stdout. The export is recorded."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("type", metavar="TYPE", help="one of those that import --list names")
        parser.add_argument("file", metavar="FILE", nargs="?", default="-", help="default: stdout")
        parser.add_argument(
            "--format",
            choices=sorted(exports.CONTENT_TYPES),
            help="default: as the name of FILE ends, else csv",
        )

    def handle(self, *, type: str, file: str, format: str | None, **options: Any) -> None:
        known = [kind.slug for kind in registry.importable() if kind.export_permission]
        if type not in known:
            raise CommandError(f"There is no type {type!r}. There are: {', '.join(known)}.")
        format = format or ("xlsx" if file.lower().endswith(".xlsx") else "csv")
        try:
            record = exports.begin(type=type, format=format, user=None)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        if file == "-":
            for chunk in exports.chunks(record):
                self.stdout.buffer.write(chunk)  # type: ignore[attr-defined]
        else:
            self._write(record, Path(file))
        self.stderr.write(f"{record.rows} rows exported.")

    def _write(self, record: exports.Export, path: Path) -> None:
        """Under another name until it is whole, so that nobody takes a part for all of it."""
        unfinished = path.with_name(f"{path.name}.unfinished")
        try:
            with unfinished.open("wb") as out:
                unfinished.chmod(0o600)  # It holds personal data.
                out.writelines(exports.chunks(record))
            unfinished.replace(path)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        finally:
            unfinished.unlink(missing_ok=True)
