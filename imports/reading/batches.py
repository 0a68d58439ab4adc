"""What the readers hand out: the facts about a file, then batches of its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB

CELL_CHARACTERS = 128 * KIB


class Reason(TextChoices):
    """Why a single record is rejected while the rest of the file is read on."""

    TOO_FEW_CELLS = "too-few-cells", _("The line has fewer cells than the header.")
    TOO_MANY_CELLS = "too-many-cells", _("The line has more cells than the header.")
    BROKEN_QUOTES = "broken-quotes", _("The quotes in the line do not match.")
    UNREADABLE_CHARACTERS = (
        "unreadable-characters",
        _("The line contains characters that cannot be read in the file's encoding."),
    )


@dataclass(frozen=True)
class Limits:
    """What a file may cost. They bound memory, whatever the file claims about itself."""

    record: int = 256 * KIB  # characters of one record, quoted newlines included
    unpacked: int = 2 * GIB  # bytes of the file inside a zip
    ratio: int = 200  # unpacked bytes per byte of the zip; text packs to about a tenth
    workbook: int = 32 * MIB  # bytes of the parts of an xlsx that must be held in memory
    sheet: int = 256 * MIB  # bytes of the XML of one sheet


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class Opened:
    """What is known about a file before its rows are read."""

    kind: str  # "csv" or "xlsx"
    encoding: str  # "" for xlsx
    delimiter: str  # "" for xlsx
    header: tuple[str, ...]  # trimmed, otherwise as written
    member: str  # name of the file within a zip, or ""
    size: int  # the position at which the file ends; 0 if the file does not say


@dataclass(slots=True)
class Batch:
    """The rows of one stretch of the file, each as wide as the header, cells not trimmed.

    Held by column: a list for each row would double the time, most of it garbage collection.
    A line number is the physical line on which the record starts (the row's number in xlsx).
    A record with broken quotes that spans lines is rejected line by line, uncut, so that
    nothing is lost without a trace.
    """

    lines: Sequence[int]
    columns: list[list[str]]  # in the header's order, each as long as lines
    position: int  # how far into the file, in the unit of Opened.size
    malformed: list[tuple[int, list[str], Reason]] = field(default_factory=list)

    @property
    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The line number and the cells of each row."""
        return zip(self.lines, zip(*self.columns, strict=True), strict=True)

    def __len__(self) -> int:
        """The number of well-formed rows."""
        return len(self.lines)


@dataclass(slots=True)
class PlainBatch:
    """The same where no cell is quoted or needs to be: uncut, as most files are.

    Cells are parted by tabs, and each line ends in a line feed, as PostgreSQL's COPY takes it;
    reading costs a tenth of what cutting the lines into cells would.
    """

    lines: range
    text: str
    position: int
    malformed: tuple[()] = ()

    @property
    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        cut = (tuple(line.split("\t")) for line in self.text.removesuffix("\n").split("\n"))
        return zip(self.lines, cut, strict=True)

    def __len__(self) -> int:
        return len(self.lines)


AnyBatch = Batch | PlainBatch


class Table:
    """Collects rows into a batch; cells lie one after the other until the batch is made."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.lines: list[int] = []
        self.cells: list[str] = []
        self.malformed: list[tuple[int, list[str], Reason]] = []

    def add_ragged(self, line: int, cells: list[str]) -> None:
        """Reject a row that is not as wide as the header; empty cells too many do no harm."""
        if len(cells) < self.width:
            self.malformed.append((line, cells, Reason.TOO_FEW_CELLS))
        elif any(cells[self.width :]):
            self.malformed.append((line, cells, Reason.TOO_MANY_CELLS))
        else:
            self.lines.append(line)
            self.cells += cells[: self.width]

    def batch(self, position: int) -> Batch:
        return Batch(self.lines, columns_of(self.cells, self.width), position, self.malformed)


def columns_of(cells: list[str], width: int) -> list[list[str]]:
    """Take the cells of row after row apart by column."""
    return [cells[column::width] for column in range(width)]
