"""What the readers hand out: the facts about a file, then batches of its rows."""

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

    record: int = MIB  # characters of one record, quoted newlines included
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

    A line number is the physical line on which the record starts (the row's number in xlsx).
    A record with broken quotes that spans lines is rejected line by line, uncut, so that
    nothing is lost without a trace.
    """

    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    malformed: list[tuple[int, list[str], Reason]] = field(default_factory=list)
    position: int = 0  # how far into the file, in the unit of Opened.size
