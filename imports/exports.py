"""Rows out as a file: streamed, harmless to spreadsheets, and written down who took what."""

import csv
import io
import tempfile
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from import_export.formats.base_formats import CSV, XLSX
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from imports import registry
from imports.cells import neutralise
from imports.models import Export
from imports.resources import BulkResource

CONTENT_TYPES = {"csv": f"{CSV.CONTENT_TYPE}; charset=utf-8", "xlsx": XLSX.CONTENT_TYPE}
SHEET_ROWS = 1_048_575  # of Excel, without the header
ROWS_AT_ONCE = 2000

log = structlog.get_logger(__name__)


def begin(*, type: str, format: str, user: Any, options: dict[str, Any] | None = None) -> Export:
    """Write down that an export begins; its rows are None until the last one is out.

    Raises ValidationError if the options don't fit the type, or if the rows don't fit a sheet.
    """
    kind = resource(type)
    options = kind.clean_options(options or {})
    if format == "xlsx" and kind.export_rows(options)[SHEET_ROWS : SHEET_ROWS + 1].exists():
        raise ValidationError(_("These are more rows than a sheet of XLSX holds. Choose CSV."))
    record = Export.objects.create(type=type, filters=options, format=format, user=user)
    log.info("export_begun", export=record.pk, type=type, format=format, user=record.user_id)
    return record


def chunks(record: Export) -> Iterator[bytes]:
    """The file in pieces, of rows as they stood at one moment. Memory stays flat."""
    rows = _rows(record)
    yield from _csv(rows) if record.format == "csv" else _xlsx(rows)


def resource(type: str) -> BulkResource:
    """The exportable type of that name. Raises KeyError."""
    kind = registry.get(type)
    if not isinstance(kind, BulkResource):
        raise KeyError(type)
    return kind


def _rows(record: Export) -> Iterator[list[Any]]:
    """The header, then the rows; at their end the record is completed.

    Who stops reading leaves a record without a number of rows.
    """
    kind = resource(record.type)
    yield [column.column_name for column in kind.columns({}).values()]
    cells = kind.export_cells(record.filters)
    number = 0
    with transaction.atomic():  # A cursor on the server lives in a transaction.
        for row in kind.export_rows(record.filters).iterator(chunk_size=ROWS_AT_ONCE):
            number += 1
            yield [_harmless(cell) for cell in cells(row)]
    record.rows = number
    record.save(update_fields=["rows"])
    log.info("export_finished", export=record.pk, rows=number)


def _harmless(cell: Any) -> Any:
    return neutralise(cell) if isinstance(cell, str) else cell


def _csv(rows: Iterator[list[Any]]) -> Iterator[bytes]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        writer.writerows(batch)
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def _xlsx(rows: Iterator[list[Any]]) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as file:
        _write_workbook(rows, file)
        file.seek(0)
        while chunk := file.read(64 * 1024):
            yield chunk


def _write_workbook(rows: Iterator[list[Any]], file: IO[bytes]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append([_writable(cell) for cell in row])
    book.save(file)


def _writable(cell: Any) -> Any:
    """XML has no control characters."""
    return (
        ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", cell)
        if isinstance(cell, str)
        else cell
    )
