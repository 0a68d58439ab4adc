"""Build uploaded files and read them to the end."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl

from imports.reading import Limits, Opened, Reason, open_rows

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
EXPECTED = ("Email", "Offer ID")

Rows = list[tuple[int, tuple[str, ...]]]
Malformed = list[tuple[int, list[str], Reason]]


def read(
    content: bytes,
    *,
    expected: Sequence[str] = EXPECTED,
    encoding: str | None = None,
    limits: Limits | None = None,
) -> tuple[Opened, Rows, Malformed]:
    opened, batches = open_rows(
        io.BytesIO(content), expected=expected, encoding=encoding, limits=limits or Limits()
    )
    rows: Rows = []
    malformed: Malformed = []
    for batch in batches:
        rows += batch.rows
        malformed += batch.malformed
    return opened, rows, malformed


def rows_of(content: bytes, **options: Any) -> Rows:
    """The rows of a file in which nothing is malformed."""
    _opened, rows, malformed = read(content, **options)
    assert malformed == []
    return rows


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return target.getvalue()


def xlsx(*rows: Sequence[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same xlsx with one of its parts replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    return zipped(*{**parts, name: part}.items())


def sheet(rows_xml: str) -> bytes:
    """An xlsx whose sheet consists of these rows, as another program might write them."""
    xml = f'<worksheet xmlns="{NAMESPACE}"><sheetData>{rows_xml}</sheetData></worksheet>'
    return with_part(xlsx(), "xl/worksheets/sheet1.xml", xml.encode())


def with_strings(content: bytes, *strings: str) -> bytes:
    """The same xlsx with a table of shared strings, as Excel writes it and openpyxl doesn't."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    entry = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        types = archive.read("[Content_Types].xml").replace(b"</Types>", entry.encode())
    table = f'<sst xmlns="{NAMESPACE}">{"".join(f"<si>{text}</si>" for text in strings)}</sst>'
    content = with_part(content, "[Content_Types].xml", types)
    return with_part(content, "xl/sharedStrings.xml", table.encode())
