"""Tell by its first bytes what a file is; its name may say anything."""

import codecs

from django.utils.translation import gettext as _

from .errors import UnreadableFile

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    b"%PDF",
    b"\x1f\x8b",  # gzip
    b"BZh",
    b"\xfd7zXZ\x00",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",  # JPEG
    b"GIF8",
    b"RIFF",
    b"{\\rtf",
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table")


def refuse_foreign(head: bytes) -> None:
    """Refuse files that are known to be neither text nor a spreadsheet nor a zip."""
    if head.startswith(_OLD_EXCEL):
        raise UnreadableFile(
            _(
                "This is an old Excel file (.xls) or one with a password."
                " Open it in Excel and save it as CSV or XLSX without a password."
            )
        )
    text = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if head.startswith(_FOREIGN) or text.startswith(_MARKUP):
        raise UnreadableFile(
            _("This file is not a table. Save the table as CSV or XLSX and choose that file.")
        )
