"""The way in: find out what a file is and start reading its rows."""

import os
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from django.utils.translation import gettext as _

from .archives import SIGNATURES, damage_refused, only_file, open_archive, open_member
from .batches import DEFAULT_LIMITS, AnyBatch, Limits, Opened
from .delimited import open_delimited
from .encodings import choose_encoding
from .errors import UnreadableFile
from .sniffing import refuse_foreign
from .spreadsheets import is_spreadsheet, open_spreadsheet


def open_rows(
    file: BinaryIO,
    *,
    expected: Sequence[str],
    encoding: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[Opened, Iterator[AnyBatch]]:
    """Say what the file is and iterate over its rows; the file must be seekable and stay open.

    `expected` are the column names that help to find the delimiter; whether they are all there
    is for the caller to check in `Opened.header`. `encoding` is one of ENCODINGS, or None to find
    it out. Raises UnreadableFile here and while iterating, never anything else for a bad file.
    """
    size = file.seek(0, os.SEEK_END)
    with damage_refused():
        opened, batches = _open(file, size, "", expected, encoding, limits)
    return opened, _until_damage(batches)


def _open(
    stream: BinaryIO,
    size: int,
    member: str,
    expected: Sequence[str],
    encoding: str | None,
    limits: Limits,
) -> tuple[Opened, Iterator[AnyBatch]]:
    stream.seek(0)
    head = stream.read(64)
    refuse_foreign(head)
    if not head.startswith(SIGNATURES):
        encoding = choose_encoding(stream, encoding)
        return open_delimited(stream, encoding, size, member, expected, limits)
    archive = open_archive(stream, size)
    if is_spreadsheet(archive):
        return open_spreadsheet(archive, stream, member, limits)
    if member:
        raise UnreadableFile(_("The zip holds another zip. Put the CSV or XLSX file into it."))
    info = only_file(archive, packed=size, limits=limits)
    content = open_member(archive, info)
    return _open(content, info.file_size, info.filename, expected, encoding, limits)


def _until_damage(batches: Iterator[AnyBatch]) -> Iterator[AnyBatch]:
    with damage_refused():
        yield from batches
