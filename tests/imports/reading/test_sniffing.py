"""T36: what a file is, its content says and not its name; what is no table is refused."""

import gzip

import pytest

from imports.reading import UnreadableFile

from .files import read, rows_of, xlsx, zipped


def test_an_xlsx_is_known_by_its_content() -> None:
    opened, rows, _malformed = read(xlsx(["Email", "Offer ID"], ["a@b.pl", "A"]))
    assert (opened.kind, opened.encoding, opened.delimiter) == ("xlsx", "", "")
    assert rows == [(2, ("a@b.pl", "A"))]


def test_an_old_excel_file_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="old Excel file"):
        rows_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        gzip.compress(b"Email,Offer ID\n", mtime=0),
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"GIF89a",
        b"RIFF\x10\x00\x00\x00WEBPVP8 ",
        b"BZh91AY&SY",
        b"7z\xbc\xaf\x27\x1c",
        b"Rar!\x1a\x07\x00",
        b"\n<html><table><tr><td>Email</td></tr></table></html>",
        b"<!DOCTYPE html>",
        b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>",
    ],
)
def test_files_that_are_no_tables_are_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"not a table\. Save the table as CSV or XLSX"):
        rows_of(content)


@pytest.mark.parametrize(
    "content",
    [
        zipped(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("c.xml", b"x")),
        zipped(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")),
        zipped(("[Content_Types].xml", b"<x/>"), ("xl/workbook.bin", b"x")),
    ],
    ids=["ods", "docx", "xlsb"],
)
def test_other_office_documents_are_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="not an XLSX file"):
        rows_of(content)
