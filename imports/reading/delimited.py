"""Read csv and txt. A million short rows take well under a second: the loop is mostly C."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import BinaryIO

from django.utils.translation import gettext as _

from .batches import CELL_CHARACTERS, Batch, Limits, Opened, Reason
from .encodings import choose_encoding
from .errors import UnreadableFile
from .headers import split_header
from .lines import UNREADABLE, Block, line_blocks

# The csv module has one limit for the whole process, read by every thread. It is set once, to the
# module's own default, so that nobody else's files are affected. Should other code raise it, a
# record still stays within Limits.record.
csv.field_size_limit(CELL_CHARACTERS)

# The only errors of the csv module that differ in meaning; it tells them apart by text alone.
_UNCLOSED = "unexpected end of data"
_TOO_LONG = "field larger than field limit"


def open_delimited(
    stream: BinaryIO,
    *,
    expected: Sequence[str],
    encoding: str | None,
    size: int,
    member: str,
    limits: Limits,
) -> tuple[Opened, Iterator[Batch]]:
    """`stream` is read twice if the encoding has to be found out, so it must be seekable."""
    encoding = choose_encoding(stream, encoding)
    blocks = line_blocks(stream, encoding, longest=limits.record)
    block = next(blocks)
    delimiter, header, used = split_header(block.lines, expected)
    opened = Opened("csv", encoding, delimiter, header, member, size)
    rest = Block(block.lines[used:], block.first + used, block.position, block.damaged)
    return opened, _batches(chain([rest], blocks), opened, limits)


def _batches(blocks: Iterator[Block], opened: Opened, limits: Limits) -> Iterator[Batch]:
    # The lines of a record that goes on in the next block.
    carried: list[str] = []
    first = 1
    for block in blocks:
        first = block.first - len(carried)
        batch = Batch(position=block.position)
        lines = carried + block.lines
        used = _parse(lines, first, opened, batch)
        if block.damaged or carried:
            _reject_unreadable(batch)
        if batch.rows or batch.malformed:
            yield batch
        carried, first = lines[used:], first + used
        if sum(map(len, carried)) > limits.record:
            raise _unclosed(carried, first, opened.delimiter)
    if carried:
        raise _unclosed(carried, first, opened.delimiter)


def _parse(lines: list[str], first: int, opened: Opened, batch: Batch) -> int:
    """Add the records to the batch; return how many lines they took, less an unfinished record."""
    # Not strict, the module would drop stray quotes and glue the cells after them together.
    reader = csv.reader(lines, delimiter=opened.delimiter, strict=True)
    width, add, line = len(opened.header), batch.rows.append, first
    while True:
        try:
            for cells in reader:
                if len(cells) == width and (cells[0] or any(cells)):
                    add((line, cells))
                elif any(cells):
                    _add_ragged(line, cells, width, batch)
                line = first + reader.line_num
            return len(lines)
        except csv.Error as error:
            start, line = line, first + reader.line_num
            record = lines[start - first : line - first]
            if str(error).startswith(_UNCLOSED):
                return start - first
            if str(error).startswith(_TOO_LONG):
                raise _too_long(record, start, opened.delimiter) from None
            # Which of its lines belong together is anybody's guess, so none is taken.
            for number, text in enumerate(record, start):
                batch.malformed.append((number, [text.rstrip("\r\n")], Reason.BROKEN_QUOTES))


def _add_ragged(line: int, cells: list[str], width: int, batch: Batch) -> None:
    if len(cells) < width:
        batch.malformed.append((line, cells, Reason.TOO_FEW_CELLS))
    elif any(cells[width:]):
        batch.malformed.append((line, cells, Reason.TOO_MANY_CELLS))
    else:
        batch.rows.append((line, cells[:width]))


def _reject_unreadable(batch: Batch) -> None:
    readable = []
    for line, cells in batch.rows:
        if any(UNREADABLE in cell for cell in cells):
            batch.malformed.append((line, cells, Reason.UNREADABLE_CHARACTERS))
        else:
            readable.append((line, cells))
    batch.rows = readable


def _too_long(record: list[str], start: int, delimiter: str) -> UnreadableFile:
    if len(record) > 1:
        return _unclosed(record[:-1], start, delimiter)
    return UnreadableFile(
        _("A cell on line %(line)d has more than %(limit)d characters. Shorten it and try again.")
        % {"line": start, "limit": CELL_CHARACTERS},
        line=start,
    )


def _unclosed(record: list[str], start: int, delimiter: str) -> UnreadableFile:
    # Read without strictness, the last cell is all that follows the quote.
    cell = next(csv.reader(record, delimiter=delimiter))[-1]
    line = start + len(record) - len(list(io.StringIO(cell, newline="")))
    return UnreadableFile(
        _("The quote that opens on line %(line)d is never closed. Correct it and try again.")
        % {"line": line},
        line=line,
    )
