"""From the file to a table that only this job's transaction sees.

The table is unlogged rather than temporary, because PostgreSQL makes no parallel plans over
temporary tables; it is made and dropped in one transaction, so that a job that dies leaves none.
"""

from collections.abc import Callable, Iterator, Sequence

from django.db.backends.utils import CursorWrapper

from imports.reading import Batch

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
        cells = "".join(f", c{number} text" for number in range(width))
        cursor.execute(f"CREATE UNLOGGED TABLE {self.name} (line integer{cells})")
        cursor.execute(
            f"CREATE UNLOGGED TABLE {self.rejects} (line integer, code text, cells text[])"
        )

    def load(self, batches: Iterator[Batch], tell: Callable[[int], None]) -> None:
        """COPY the batches in; `tell` is called with the position in the file."""
        malformed: list[tuple[int, str, list[str]]] = []
        more = True
        while more:
            more = self._copy(batches, malformed, tell)
            self.cursor.executemany(f"INSERT INTO {self.rejects} VALUES (%s, %s, %s)", malformed)
            self.rows += len(malformed)
            malformed.clear()
        self.cursor.execute(f"ANALYZE {self.name}")

    def _copy(
        self,
        batches: Iterator[Batch],
        malformed: list[tuple[int, str, list[str]]],
        tell: Callable[[int], None],
    ) -> bool:
        """COPY until the file ends or many malformed rows wait, which can't go in meanwhile."""
        with self.cursor.copy(f"COPY {self.name} FROM STDIN") as copy:
            for batch in batches:
                copy.write(copy_text(batch))
                self.rows += len(batch)
                malformed += (
                    (line, reason.value, cells) for line, cells, reason in batch.malformed
                )
                tell(batch.position)
                if len(malformed) > MALFORMED_HELD:
                    return True
        return False

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
    text = _lines(batch.lines, batch.columns)
    if (
        text.count("\t") == len(batch) * len(batch.columns)
        and text.count("\n") == len(batch)
        and "\\" not in text
        and "\r" not in text
    ):
        return text
    return _lines(
        batch.lines, [[cell.translate(ESCAPES) for cell in column] for column in batch.columns]
    )


def _lines(numbers: Sequence[int], columns: list[list[str]]) -> str:
    rows = zip(map(str, numbers), *columns, strict=True)
    return "\n".join(["\t".join(row) for row in rows] + [""])
