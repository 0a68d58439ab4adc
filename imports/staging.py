"""From the file to a table that only this job's transaction sees.

The table is unlogged rather than temporary, because PostgreSQL makes no parallel plans over
temporary tables; it is made and dropped in one transaction, so that a job that dies leaves none.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import cast

from django.db.backends.utils import CursorWrapper

from imports.cells import original
from imports.reading import AnyBatch, Batch, PlainBatch, Reason

MALFORMED_HELD = 10_000
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Staging:
    """The rows of a file as they stand in it: `line`, then a text column per column of the file.

    `name` is the staged table, `rejects` the table of (line, code, cells) of the refused lines;
    cells are given for the lines that could not be staged.
    """

    def __init__(self, cursor: CursorWrapper, job_id: int, width: int) -> None:
        self.cursor = cursor
        self.name = f"import_{job_id}_staging"
        self.rejects = f"import_{job_id}_rejects"
        self.width = width
        self.rows = 0
        self.malformed: list[tuple[int, list[str], Reason]] = []
        cells = "".join(f", c{number} text" for number in range(width))
        cursor.execute(f"CREATE UNLOGGED TABLE {self.name} (line serial{cells})")
        # Numbers are drawn in the thousands: each draw alone would be written to the log.
        cursor.execute(f"ALTER SEQUENCE {self.name}_line_seq CACHE 10000")
        cursor.execute(
            f"CREATE UNLOGGED TABLE {self.rejects} (line integer, code text, cells text[])"
        )

    def load(self, batches: Iterable[AnyBatch], tell: Callable[[int], None]) -> None:
        """COPY the batches in; `tell` is called with the position in the file."""
        for (plain, _), group in groupby(self._kept(batches, tell), self._way):
            if plain:
                self._copy_plain(cast(Iterator[PlainBatch], group))
            else:
                self._copy_rows(cast(Iterator[Batch], group))
            self._store_malformed()
        self.cursor.execute(f"ANALYZE {self.name}")

    def _kept(self, batches: Iterable[AnyBatch], tell: Callable[[int], None]) -> Iterator[AnyBatch]:
        for batch in batches:
            self.rows += len(batch) + len(batch.malformed)
            self.malformed += batch.malformed
            tell(batch.position)
            yield batch

    def _way(self, batch: AnyBatch) -> tuple[bool, bool]:
        """One COPY takes plain batches or cut ones, and ends when many malformed rows wait."""
        return isinstance(batch, PlainBatch), len(self.malformed) > MALFORMED_HELD

    def _copy_plain(self, batches: Iterator[PlainBatch]) -> None:
        """The text as it stands; PostgreSQL counts the lines, which are all there."""
        first = next(batches)
        self.cursor.execute(f"SELECT setval('{self.name}_line_seq', {first.lines[0]}, false)")
        cells = ", ".join(f"c{number}" for number in range(self.width))
        with self.cursor.copy(f"COPY {self.name} ({cells}) FROM STDIN") as copy:
            for batch in chain([first], batches):
                copy.write(batch.text)

    def _copy_rows(self, batches: Iterator[Batch]) -> None:
        with self.cursor.copy(f"COPY {self.name} FROM STDIN") as copy:
            for batch in batches:
                copy.write(copy_text(batch))

    def _store_malformed(self) -> None:
        self.cursor.executemany(
            f"INSERT INTO {self.rejects} VALUES (%s, %s, %s)",
            [
                (line, reason.value, [original(cell) for cell in cells])
                for line, cells, reason in self.malformed
            ],
        )
        self.malformed.clear()

    def select(self, header: Sequence[str], wanted: dict[str, str]) -> str:
        """A subquery with `line` and the wanted columns by key; NULL for those the file lacks."""
        positions = {name.casefold(): number for number, name in enumerate(header)}
        cells = ", ".join(
            f"c{positions[name.casefold()]} AS {key}"
            if name.casefold() in positions
            else f"NULL::text AS {key}"
            for key, name in wanted.items()
        )
        return f"(SELECT line, {cells} FROM {self.name})"

    def drop(self) -> None:
        self.cursor.execute(f"DROP TABLE {self.name}, {self.rejects}")


def copy_text(batch: Batch) -> str:
    """The rows in COPY's text format; escaped only if something in them needs it.

    Counting over the whole text is many times faster than looking at each cell.
    """
    columns = batch.columns
    text = _lines(batch.lines, columns)
    if "'" in text:  # Our own exports and rejects come back as they were meant.
        columns = [[original(cell) for cell in column] for column in columns]
        text = _lines(batch.lines, columns)
    if (
        text.count("\t") == len(batch) * len(columns)
        and text.count("\n") == len(batch)
        and "\\" not in text
        and "\r" not in text
    ):
        return text
    return _lines(batch.lines, [[cell.translate(ESCAPES) for cell in each] for each in columns])


def _lines(numbers: Sequence[int], columns: list[list[str]]) -> str:
    rows = zip(map(str, numbers), *columns, strict=True)
    return "\n".join(["\t".join(row) for row in rows] + [""])
