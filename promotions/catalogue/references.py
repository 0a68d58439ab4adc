"""What speaks of a thing of the catalogue, in this room or one above: that thing stays."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignKey, Model
from pghistory.models import Event

from imports.runs import Run


@dataclass(frozen=True)
class Mention:
    """A table that speaks of a thing without a foreign key.

    `condition` is SQL in which {row} stands for the name of the thing's row.
    """

    table: str
    condition: str


mentions: dict[type[Model], list[Mention]] = {}
"""Rooms above add theirs, beside what they add to promotions/catalogue/uses.py."""


def unused(row: str, model: type[Model], *, but: str = "") -> str:
    """SQL that is true of the row named `row` if nothing speaks of it, `but` a table perhaps."""
    spoken = [
        f"NOT EXISTS (SELECT FROM {table} WHERE {table}.{key.column} = {row}.id)"
        for table, key in _keys(model)
        if table != but
    ]
    spoken += [
        f"NOT EXISTS (SELECT FROM {mention.table} WHERE {mention.condition.format(row=row)})"
        for mention in mentions.get(model, ())
    ]
    return " AND ".join(spoken) or "true"


def hold(run: Run, model: type[Model]) -> None:
    """Nobody begins to speak of a thing of this kind until the run ends.

    Save in tables whose keys the database doesn't check: what is left there is swept away. To be
    called before the thing's own table is locked, in the order in which Django deletes.
    """
    own = model._meta.db_table
    tables = {table for table, key in _keys(model) if key.db_constraint} - {own}
    tables |= {mention.table for mention in mentions.get(model, ())}
    run.execute(f"LOCK TABLE {', '.join(sorted(tables))} IN SHARE MODE")


def _keys(model: type[Model]) -> Iterator[tuple[str, Any]]:
    """Tables and their keys to the model. History speaks of what is gone, too."""
    for field in model._meta.get_fields(include_hidden=True):
        key = getattr(field, "field", None)
        if isinstance(key, ForeignKey) and not issubclass(key.model, Event):
            yield key.model._meta.db_table, key
