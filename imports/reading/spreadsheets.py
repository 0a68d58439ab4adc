"""Read the active sheet of an xlsx: openpyxl for the workbook, our own streaming for the rows."""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import column_index_from_string
from openpyxl.xml.constants import SHARED_STRINGS

from .archives import check_member
from .batches import KIB, AnyBatch, Limits, Opened, Table
from .cells import CellReader
from .errors import UnreadableFile
from .headers import clean_header
from .strings import SharedStrings, text_of
from .xml_parts import Measured, children, refuse_doctype, row_too_long

_ROWS = "{*}worksheet/{*}sheetData"
_STRINGS = "{*}sst"
_LAST_ROW = 1_048_576  # Excel's own
_LAST_COLUMN = 1024
_BATCH_CHARACTERS = 128 * KIB
_ROW_OVERHEAD = 50  # so that many rows of next to nothing fill a batch too

# Its warnings name cells' contents, which belong in no log.
warnings.filterwarnings("ignore", module="openpyxl")

Row = tuple[int, list[str]]


def is_spreadsheet(archive: zipfile.ZipFile) -> bool:
    """Whether the zip is an xlsx; refuses other Office and OpenDocument files."""
    names = archive.namelist()
    if "[Content_Types].xml" not in names and "mimetype" not in names:
        return False
    if not any(name.startswith("xl/") and name.endswith(".xml") for name in names):
        raise UnreadableFile(
            _("This document is not an XLSX file. Save the table as CSV or XLSX and try again.")
        )
    return True


def open_spreadsheet(
    archive: zipfile.ZipFile, stream: BinaryIO, member: str, limits: Limits
) -> tuple[Opened, Iterator[AnyBatch]]:
    """Positions are bytes of the sheet's XML; a row's number is the one Excel shows."""
    _check_parts(archive, limits)
    with _damage_refused():
        cells, path = _workbook(stream, limits)
        source = Measured(archive.open(path), limits.record)
        rows = _rows(source, cells)
        line, first = next(rows, (1, []))
    header = clean_header(first, line=line)
    if not header:
        raise UnreadableFile(_("The file is empty. Choose a file with a header line and rows."))
    opened = Opened("xlsx", "", "", header, member, archive.getinfo(path).file_size)
    return opened, _batches(rows, source, len(header))


@contextmanager
def _damage_refused() -> Iterator[None]:
    try:
        yield
    except UnreadableFile:
        raise
    # openpyxl has no error of its own: what a damaged file makes it raise can be anything.
    except Exception as error:
        raise UnreadableFile(
            _("The XLSX file is damaged. Save the table as CSV or XLSX and try again.")
        ) from error


def _check_parts(archive: zipfile.ZipFile, limits: Limits) -> None:
    in_memory = 0
    for info in archive.infolist():
        if not info.filename.endswith((".xml", ".rels")):
            continue
        check_member(info)
        is_sheet = info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml")
        in_memory += 0 if is_sheet else info.file_size
        if in_memory > limits.workbook or info.file_size > limits.sheet:
            raise UnreadableFile(
                _("The XLSX file is too large to be read. Save the table as CSV and try again.")
            )
        with _damage_refused(), archive.open(info) as part:
            refuse_doctype(part)


def _workbook(stream: BinaryIO, limits: Limits) -> tuple[CellReader, str]:
    """Return what the cells refer to and the active sheet's path."""
    reader = ExcelReader(stream, read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    paths = [part.target for _sheet, part in reader.parser.find_sheets()]
    active = reader.wb.views[0].activeTab if reader.wb.views else 0
    path = paths[active or 0] if (active or 0) < len(paths) else paths[0]
    cells = CellReader(
        _strings(reader, limits),
        frozenset(reader.wb._date_formats),
        frozenset(reader.wb._timedelta_formats),
        reader.wb.epoch,
    )
    return cells, path


def _strings(reader: ExcelReader, limits: Limits) -> SharedStrings:
    strings = SharedStrings()
    if part := reader.package.find(SHARED_STRINGS):
        with reader.archive.open(part.PartName.removeprefix("/")) as source:
            for item in children(Measured(source, limits.record), _STRINGS):
                strings.append(text_of(item))
    return strings


def _rows(source: Measured, cells: CellReader) -> Iterator[Row]:
    """Yield the rows that are not blank, without empty cells at the end."""
    columns: dict[str, int] = {}
    for row in children(source, _ROWS):
        line = int(row.get("r", source.line + 1))
        if not source.line < line <= _LAST_ROW:
            raise ValueError(line)
        source.line = line
        values = _values(row, cells, columns, source)
        while values and not values[-1]:
            values.pop()
        if values:
            yield line, values


def _values(
    row: Element, cells: CellReader, columns: dict[str, int], source: Measured
) -> list[str]:
    values: list[str] = []
    size = 0
    for cell in row:
        letters = cell.get("r", "").rstrip("0123456789")
        if letters and letters not in columns:
            columns[letters] = column_index_from_string(letters) - 1
        column = columns[letters] if letters else len(values)
        text = cells.text(cell)
        # A few bytes of XML may refer to a shared string of any length, again and again.
        size += len(text)
        if column >= _LAST_COLUMN or size > source.longest:
            raise row_too_long(source.line)
        values.extend([""] * (column + 1 - len(values)))
        values[column] = text
    return values


def _batches(rows: Iterator[Row], source: Measured, width: int) -> Iterator[AnyBatch]:
    table, size = Table(width), 0
    with _damage_refused():
        for line, values in rows:
            # Excel leaves out empty cells, so a short row lacks nothing.
            table.add_ragged(line, values + [""] * (width - len(values)))
            size += sum(map(len, values), _ROW_OVERHEAD)
            if size > _BATCH_CHARACTERS:
                yield table.batch(source.position)
                table, size = Table(width), 0
        if size:
            yield table.batch(source.position)
