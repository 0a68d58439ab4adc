"""The first record of a file: which delimiter it uses and which columns it names."""

import csv
from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from .errors import UnreadableFile

# A row of PostgreSQL must fit on a page of 8 KiB, where a long text takes 18 bytes.
_MOST_COLUMNS = 250

DELIMITERS = (",", ";", "\t")


def split_header(
    lines: Sequence[str], expected: Sequence[str], *, first: int
) -> tuple[str, tuple[str, ...], int]:
    """Return the delimiter, the header and the number of lines up to the header's end.

    The delimiter that yields most of the expected columns wins, a tie goes to the most frequent
    one, then to the comma.
    """
    wanted = {name.casefold() for name in expected}
    best: tuple[tuple[int, int], str, list[str], int] | None = None
    for delimiter in DELIMITERS:
        found = _first_record(lines, delimiter)
        if found is None:
            continue
        cells, used = found
        known = sum(cell.strip().casefold() in wanted for cell in cells)
        if best is None or (known, len(cells)) > best[0]:
            best = (known, len(cells)), delimiter, cells, used
    if best is None:
        raise UnreadableFile(
            _("The quotes in the header do not match. Correct the first line and try again."),
            line=first,
        )
    _score, delimiter, cells, used = best
    return delimiter, clean_header(cells, line=first + used - 1), used


def _first_record(lines: Sequence[str], delimiter: str) -> tuple[list[str], int] | None:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                return cells, reader.line_num
    except csv.Error:
        return None
    raise UnreadableFile(_("The file is empty. Choose a file with a header line and rows."))


def clean_header(cells: Sequence[str], *, line: int) -> tuple[str, ...]:
    """Trim and drop empty cells at the end; refuse other empty ones, doublets and too many."""
    header = [cell.strip() for cell in cells]
    while header and not header[-1]:
        header.pop()
    if "" in header:
        raise UnreadableFile(
            _("Column %(column)d has no name. Name it in the header or remove it.")
            % {"column": header.index("") + 1},
            line=line,
        )
    if len(header) > _MOST_COLUMNS:
        raise UnreadableFile(
            _("The header names %(number)d columns. Remove those that are not needed.")
            % {"number": len(header)},
            line=line,
        )
    counts = Counter(name.casefold() for name in header)
    twice = sorted({name for name in header if counts[name.casefold()] > 1})
    if twice:
        raise UnreadableFile(
            _("The header names a column more than once: %(names)s. Keep one of each.")
            % {"names": ", ".join(twice)},
            line=line,
        )
    return tuple(header)
