"""Cut a block of lines into records of cells, and sort out those that are malformed.

Almost all of the time of reading a file is spent here.
"""

import csv
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .batches import CELL_CHARACTERS, AnyBatch, Batch, PlainBatch, Reason, Table
from .errors import UnreadableFile
from .lines import UNREADABLE, Block, split_lines

if TYPE_CHECKING:
    import _csv

# The csv module has one limit for the whole process, read by every thread. It is set once, to the
# module's own default, so that nobody else's files are affected. Should other code raise it, a
# record still stays within Limits.record.
csv.field_size_limit(CELL_CHARACTERS)

# The only errors of the csv module that mean something else; it tells them apart by text alone.
_UNCLOSED = "unexpected end of data"
_TOO_LONG = "field larger than field limit"

_ALL_BYTES = bytes(range(256))


def parse(block: Block, delimiter: str, width: int) -> tuple[AnyBatch, Block]:
    """Return the records, and the last one unparsed if its quotes are still open (or else "").

    Raises UnreadableFile for a cell that is too long.
    """
    batch: AnyBatch | None = _parse_plain(block, delimiter, width)
    rest = Block("", block.first, block.position)
    if batch is None:
        batch, rest = _parse_quoted(block, delimiter, width)
    if UNREADABLE in block.text:
        batch = _reject_unreadable(batch, width)
    return batch, rest


def _parse_plain(block: Block, delimiter: str, width: int) -> PlainBatch | None:
    """Take all lines as they stand, without cutting any; None if a line needs a closer look."""
    text = block.text.replace("\r\n", "\n").replace("\r", "\n")
    text += "" if text.endswith("\n") else "\n"
    # An apostrophe may be the one that we put before a formula, to be taken off a cell.
    special = any(sign in text for sign in "\"'\\") or (delimiter != "\t" and "\t" in text)
    if special or not block.text:
        return None
    # With all else deleted, delimiters and line ends show whether any line is ragged.
    shape = text.encode().translate(None, _ALL_BYTES.translate(None, f"{delimiter}\n".encode()))
    lines = shape.count(b"\n")
    if shape != (delimiter * (width - 1) + "\n").encode() * lines:
        return None
    begins_empty = f"\n{delimiter if width > 1 else chr(10)}"
    if begins_empty in f"\n{text}" or _may_hold_too_long(text):
        return None
    numbers = range(block.first, block.first + lines)
    return PlainBatch(numbers, text.replace(delimiter, "\t"), block.position)


def _may_hold_too_long(text: str) -> bool:
    """Whether a cell could be; few blocks are so long that their lines need to be looked at."""
    return len(text) > CELL_CHARACTERS and len(max(text.split("\n"), key=len)) > CELL_CHARACTERS


def _parse_quoted(block: Block, delimiter: str, width: int) -> tuple[Batch, Block]:
    lines, first, position = split_lines(block.text), block.first, block.position
    # Not strict, the module would drop stray quotes and glue the cells after them together.
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    table, start = Table(width), first
    while True:
        start, fault = _take(reader, first, start, table)
        end = first + reader.line_num
        record = lines[start - first : end - first]
        if not fault or fault.startswith(_UNCLOSED):
            return table.batch(position), Block("".join(record), start, position)
        if fault.startswith(_TOO_LONG):
            raise _too_long(record, start, delimiter)
        # Which of its lines belong together is anybody's guess, so none is taken.
        for number, broken in enumerate(record, start):
            table.malformed.append((number, [broken.rstrip("\r\n")], Reason.BROKEN_QUOTES))
        start = end


def _take(reader: "_csv.Reader", first: int, start: int, table: Table) -> tuple[int, str]:
    """Take records up to the first fault; return the line on which its record starts, and it."""
    width, add, cells = table.width, table.lines.append, table.cells
    try:
        for record in reader:
            if len(record) == width and (record[0] or any(record)):
                add(start)
                cells += record
            elif any(map(str.strip, record)):
                table.add_ragged(start, record)
            start = first + reader.line_num
    except csv.Error as error:
        # The error itself would hold on to the lines through its traceback.
        return start, str(error)
    return start, ""


def _reject_unreadable(batch: AnyBatch, width: int) -> Batch:
    table = Table(width)
    table.malformed = list(batch.malformed)
    for line, cells in batch.rows:
        if any(UNREADABLE in cell for cell in cells):
            table.malformed.append((line, list(cells), Reason.UNREADABLE_CHARACTERS))
        else:
            table.lines.append(line)
            table.cells += cells
    return table.batch(batch.position)


def _too_long(record: list[str], start: int, delimiter: str) -> UnreadableFile:
    if len(record) > 1:
        return unclosed(Block("".join(record[:-1]), start, 0), delimiter)
    return UnreadableFile(
        _("A cell on line %(line)d has more than %(limit)d characters. Shorten it and try again.")
        % {"line": start, "limit": CELL_CHARACTERS},
        line=start,
    )


def unclosed(record: Block, delimiter: str) -> UnreadableFile:
    """The refusal of a record whose quotes are open at its end; names the line of the quote."""
    lines = split_lines(record.text)
    # Read without strictness, the last cell is all that follows the quote.
    cell = next(csv.reader(lines, delimiter=delimiter))[-1]
    line = record.first + len(lines) - len(split_lines(cell))
    return UnreadableFile(
        _("The quote that opens on line %(line)d is never closed. Correct it and try again.")
        % {"line": line},
        line=line,
    )
