"""Categories and products created and changed in sets, and taken back as far as untouched."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import ngettext

from imports.resources import Text
from imports.runs import Run
from promotions.catalogue.references import unused


@dataclass(frozen=True)
class Kind:
    """What a file fills: things with an ID of other systems, and the columns that it sets."""

    model: type[Model]
    fields: Sequence[str]
    empty: Sequence[str] = ()
    """Texts that no file sets."""
    together: bool = False
    """Whether all changes are to be one statement, as what is right only in the end."""

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    def mark(self, row: str) -> str:
        """SQL for a fingerprint of what a row says, by which an undo knows it again."""
        cells = ", ".join(f"{row}.{field}" for field in ("external_id", *self.fields))
        return f"hash_record_extended(ROW({cells}), 0)"


def quicken_triggers(run: Run) -> None:
    """Tell triggers that none is to be ignored, which they ask at each row.

    Left unsaid it costs an exception a row, and each looks through all keys that wait to be
    checked at the end: minutes for a hundred thousand rows.
    """
    run.execute("SET LOCAL pgtrigger.ignore = '{{}}'")


def number(run: Run, kind: Kind) -> None:
    """Make {numbered} (line, id): the ids that the things of {new} will have."""
    run.make(
        "numbered",
        "SELECT line, nextval((SELECT pg_get_serial_sequence(%(of)s, 'id')::regclass))::int AS id"
        " FROM (SELECT line FROM {new} ORDER BY line) AS lines",
        of=kind.table,
    )


def create(run: Run, kind: Kind, new: str, step: Text, start: float, end: float) -> None:
    """Insert what a query of id, external_id and the fields says, and remember it."""
    # Indexes of text grow a third faster in its order.
    run.make("created", f"{new} ORDER BY external_id", to_join=False)
    columns = ", ".join(("id", "external_id", *kind.fields))
    empty = ", ".join(("", *kind.empty))
    texts = ", ".join(("", *("''" for _ in kind.empty)))
    for slice_ in run.slices("created", step, start, end):
        run.remember(
            "created",
            "SELECT jsonb_agg(jsonb_build_array(id, mark)) FROM made HAVING count(*) > 0",
            columns="rows",
            with_=(
                f"made AS (INSERT INTO {kind.table} AS thing ({columns}{empty})"
                f" SELECT {columns}{texts} FROM {{created}} WHERE {slice_}"
                f" RETURNING id, {kind.mark('thing')} AS mark)"
            ),
        )


def change(run: Run, kind: Kind, changed: str, step: Text, start: float, end: float) -> None:
    """Update by a query of id and the fields, and remember what was there."""
    run.make("after", changed)
    values = ", ".join(f"{field} = new.{field}" for field in kind.fields)
    old = ", ".join(f"old.{field}" for field in kind.fields)
    for slice_ in ["true"] if kind.together else run.slices("after", step, start, end):
        # The query beside the update still sees the rows as they were.
        run.remember(
            "changed",
            f"SELECT jsonb_agg(jsonb_build_array(id, mark, {old})) FROM made"
            f" JOIN {kind.table} AS old USING (id) HAVING count(*) > 0",
            columns="rows",
            with_=(
                f"made AS (UPDATE {kind.table} AS thing SET {values}"
                f" FROM (SELECT * FROM {{after}} WHERE {slice_}) AS new WHERE thing.id = new.id"
                f" RETURNING thing.id, {kind.mark('thing')} AS mark)"
            ),
        )


def find_made(run: Run, kind: Kind) -> None:
    """Make {made} of what the job created and changed and still is there, and {was}.

    {made} has id, part, was (the undo record) and whether it is the `same` as the job left it;
    {was} the rows to go back to, of what was changed and is the same.
    """
    run.make(
        "made",
        f"SELECT thing.id, record.part, was, {kind.mark('thing')} = (was ->> 1)::bigint AS same"
        " FROM imports_undorecord AS record, jsonb_array_elements(record.rows) AS was"
        f" JOIN {kind.table} AS thing ON thing.id = (was ->> 0)::int"
        " WHERE record.job_id = %(job)s AND record.part IN ('created', 'changed')",
        job=run.job.pk,
    )
    cells = "".join(f", '{field}', was -> {n}" for n, field in enumerate(kind.fields, start=2))
    # PostgreSQL's own way from JSON to the types of the columns.
    run.make(
        "was",
        f"SELECT old.* FROM {{made}}, jsonb_populate_record(NULL::{kind.table},"
        f" jsonb_build_object('id', id{cells})) AS old WHERE part = 'changed' AND same",
    )


def restore(run: Run, kind: Kind, possible: str) -> int:
    """Give what was changed its earlier values where the condition on {was} holds; how many."""
    values = ", ".join(f"{field} = was.{field}" for field in kind.fields)
    return run.execute(
        f"UPDATE {kind.table} AS thing SET {values} FROM {{was}} AS was"
        f" WHERE thing.id = was.id AND {possible}"
    )


def delete(run: Run, kind: Kind, *, but: str = "") -> int:
    """Delete what was created, is the same and spoken of by nothing, `but` a table; how many."""
    return run.execute(
        f"DELETE FROM {kind.table} AS thing USING {{made}} AS made WHERE thing.id = made.id"
        f" AND same AND part = 'created' AND {unused('thing', kind.model, but=but)}"
    )


def note_kept(run: Run, done: int) -> None:
    """Say how many of {made} stay as they are."""
    (made,) = run.one("SELECT count(*) FROM {made}")
    if kept := made - done:
        run.job.notes = [*run.job.notes, _kept(kept)]


def _kept(number: int) -> str:
    return (
        ngettext(
            "%d stays as it is: changed or in use since the import.",
            "%d stay as they are: changed or in use since the import.",
            number,
        )
        % number
    )
