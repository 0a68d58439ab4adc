"""The refused lines: grouped for the report, and as a file to mend and send in again."""

import csv
import tempfile
from collections.abc import Iterator, Sequence
from typing import IO, Any, cast

from django.core.files import File
from django.db import connection

from imports.cells import neutralise
from imports.reading import Reason
from imports.resources import BulkResource, Text
from imports.runs import Run

# Named in every rejects file, whatever its language; a mended file may keep them.
OWN_COLUMNS = ("Line", "Reason")


def is_own(name: str) -> bool:
    return name.casefold() in {own.casefold() for own in OWN_COLUMNS}


def reason_texts(run: Run, resource: BulkResource) -> dict[str, Text]:
    """By code, why a line was refused, in words for the person who mends it."""
    return dict(Reason.choices) | resource.reasons | run.reasons


def group_rejects(run: Run, resource: BulkResource) -> list[dict[str, Any]]:
    """Refused lines by reason with the number of the first, the most frequent reason first."""
    texts = reason_texts(run, resource)
    run.execute("SELECT code, count(*), min(line) FROM {rejects} GROUP BY code ORDER BY 2 DESC, 3")
    return [
        {"code": code, "reason": str(texts[code]), "count": count, "first_line": line}
        for code, count, line in run.cursor.fetchall()
    ]


def write_rejects(run: Run, resource: BulkResource, header: Sequence[str]) -> None:
    """Keep the refused lines as they were, with their line numbers and reasons, in file order."""
    texts = reason_texts(run, resource)
    kept = [number for number, name in enumerate(header) if not is_own(name)]
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*(neutralise(header[number]) for number in kept), *OWN_COLUMNS])
        for line, code, cells in _rejected(run, len(header)):
            padded = [*cells, *[""] * (len(header) - len(cells))]
            row = [neutralise(padded[number]) for number in kept]
            writer.writerow([*row, *padded[len(header) :], line, str(texts[code])])
        file.flush()
        run.job.rejects.delete(save=False)
        run.job.rejects.save("", File(cast(IO[bytes], file.buffer)), save=False)


def _rejected(run: Run, width: int) -> Iterator[tuple[int, str, list[str]]]:
    """(line, code, cells), from a cursor on the server: there may be millions."""
    staged = ", ".join(f"s.c{number}" for number in range(width))
    run.execute("ANALYZE {rejects}")
    # A table of its own, since a cursor would look for the lines with one process only; in two
    # halves, since a join that kept the lines without cells would hand it all that was staged.
    run.make(
        "refused",
        f"SELECT line, r.code, ARRAY[{staged}] AS cells"
        " FROM {rejects} AS r JOIN {staging} AS s USING (line) WHERE r.cells IS NULL"
        " UNION ALL SELECT line, code, cells FROM {rejects} WHERE cells IS NOT NULL",
        to_join=False,
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT line, code, cells FROM {run.tables['refused']} ORDER BY line")
        while rows := cursor.fetchmany(2000):
            yield from rows
