"""One run of a job, in one transaction: what the importers are given to work with."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

from imports.models import Job
from imports.resources import Text
from imports.staging import Staging

Tell = Callable[[str, float], None]
STAGED_SHARE = 0.4
PAGES_AT_ONCE = 1000


class Run:
    """A job under way. All SQL of a run goes through here and names its tables in braces.

    `{rows}` is the staged file with its columns by key, `{rejects}` the refused lines; other
    tables are made with `make` and named the same way. `columns` are the keys of those columns
    that the file has; `reasons` takes the codes of `reject` that the resource doesn't know.
    """

    def __init__(self, job: Job, *, dry: bool, tell: Tell) -> None:
        self.job = job
        self.options: dict[str, Any] = job.options
        self.dry = dry
        self.tell = tell
        self.counts: Counter[str] = Counter()
        self.cursor = connection.cursor()
        self.staging: Staging | None = None
        self.tables: dict[str, str] = {}
        self.made: list[str] = []
        self.columns: frozenset[str] = frozenset()
        self.reasons: dict[str, Text] = {}

    def prepare(self) -> None:
        """Let the sorts and joins of this transaction have memory and the cores."""
        # Should this process be killed, the server notices while it works or waits for a lock.
        self.execute("SET LOCAL client_connection_check_interval = '2s'")
        self.execute("SET LOCAL work_mem = '128MB'")
        self.execute("SET LOCAL max_parallel_workers_per_gather = 4")
        # The planner's defaults use fewer processes than pay, as measured at a million rows.
        self.execute("SET LOCAL parallel_tuple_cost = 0")
        self.execute("SET LOCAL min_parallel_table_scan_size = '1MB'")
        # Enough to tell millions of rows from a handful, at a tenth of the time.
        self.execute("SET LOCAL default_statistics_target = 10")

    def execute(self, sql: str, **values: Any) -> int:
        """Run a statement; how many rows it touched."""
        self.cursor.execute(sql.format(**self.tables), values or None)
        return self.cursor.rowcount

    def one(self, sql: str, **values: Any) -> tuple[Any, ...]:
        """The only row of a query."""
        self.execute(sql, **values)
        return self.cursor.fetchone()

    def make(self, table: str, sql: str, *, to_join: bool = True, **values: Any) -> int:
        """Make the table `{table}` from a query; how many rows it has."""
        name = f"import_{self.job.pk}_{table}"
        self.tables[table] = name
        self.made.append(name)
        rows = self.execute(f"CREATE UNLOGGED TABLE {name} AS {sql}", **values)
        if to_join:
            self.execute(f"ANALYZE {name}")
        return rows

    def define(self, table: str, sql: str) -> None:
        """Let `{table}` stand for a query without values, which is not run for itself."""
        self.tables[table] = f"({sql.format(**self.tables)})"

    def stage(self, staging: Staging, rows: str) -> None:
        self.staging = staging
        self.tables |= {"rows": rows, "staging": staging.name, "rejects": staging.rejects}

    def reject(self, sql: str, **values: Any) -> None:
        """Refuse the lines that a query of (line, code) names; a line is to be named once."""
        self.execute(f"INSERT INTO {{rejects}} (line, code) {sql}", **values)

    def remember(
        self, part: str, sql: str, *, columns: str = "key, ids", with_: str = "", **values: Any
    ) -> None:
        """Write down a query of these columns that says how to take this run back.

        `with_` may be a statement that changes rows and returns what the query reads.
        """
        self.execute(
            f"{'WITH ' if with_ else ''}{with_}"
            f" INSERT INTO imports_undorecord (job_id, part, {columns})"
            f" SELECT %(job)s, %(part)s, {columns} FROM ({sql}) AS undone ({columns})",
            job=self.job.pk,
            part=part,
            **values,
        )

    def slices(self, table: str, step: Text, start: float, end: float) -> Iterator[str]:
        """Conditions that part the rows of `{table}` by where they stand in it.

        So that the progress moves, from the share `start` to `end`.
        """
        name = self.tables[table]
        (pages,) = self.one("SELECT pg_relation_size(%(name)s) / 8192", name=name)
        for first in range(0, pages, PAGES_AT_ONCE):
            self.tell(str(step), start + (end - start) * first / pages)
            yield (f"{name}.ctid >= '({first},0)' AND {name}.ctid < '({first + PAGES_AT_ONCE},0)'")

    def pour(self, table: str, into: str, step: Text, share: float) -> None:
        """Append the rows of `{table}` to another, from `share` of the progress to its end."""
        name = self.tables[table]
        for slice_ in self.slices(table, step, share, 1):
            self.execute(f"INSERT INTO {into} SELECT * FROM {name} WHERE {slice_}")

    def close(self) -> None:
        """Drop what the run made, before its transaction ends."""
        if self.made:
            self.execute(f"DROP TABLE {', '.join(self.made)}")
        if self.staging:
            self.staging.drop()
