"""The cells of a file's attribute columns, by the million.

The rule is customers.attributes.values.read. Plain cells are accepted in the database (plain.py);
what that leaves goes through the rule itself, each way of writing once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from psycopg.types.json import Jsonb

from customers.attributes.fields import Field
from customers.attributes.plain import COLUMN_TYPES, IS_PLAIN, PLAIN_VALUE
from customers.attributes.values import read, to_json
from customers.identity import TRIMMED
from customers.models.attributes import STANDARD
from imports.runs import Run

PREFIX = "attribute_"
"""Of the keys of the columns, so that no attribute's key is SQL's or a column of ours."""
AT_ONCE = 5000


@dataclass(frozen=True)
class Judged:
    """One attribute's column of {rows}; `odd` if not all of its cells are plain.

    Then {odd_KEY} has those that are not: written, value (as it is stored), code (if it is bad).
    """

    field: Field
    odd: bool
    bad: bool

    @property
    def key(self) -> str:
        return PREFIX + self.field.key

    @property
    def value(self) -> str:
        """SQL, as it is stored."""
        plain = PLAIN_VALUE[self.field.type].format(cell=f"rows.{self.key}")
        if not self.field.column:
            plain = f"to_jsonb({plain})"
        if not self.odd:
            return plain
        return f"CASE WHEN {self.key}.written IS NOT NULL THEN {self.key}.value ELSE {plain} END"

    @property
    def join(self) -> str:
        if not self.odd:
            return ""
        odd = f"{{odd_{self.key}}}"
        return f" LEFT JOIN {odd} AS {self.key} ON {self.key}.written = rows.{self.key}"


def judge_attributes(run: Run, fields: Iterable[Field]) -> list[Judged]:
    """Judge the columns of those attributes that the file has. A query a column, two if odd."""
    return [_judged(run, field) for field in fields if PREFIX + field.key in run.columns]


def values_of_lines(judged: list[Judged]) -> str:
    """SQL of {rows} as it is stored: line, the columns of STANDARD and `attributes`.

    An empty cell, a bad one and a missing column are NULL, or no key in `attributes`, which are
    NULL if the file has none of them.
    """
    values = {column: f"NULL::{COLUMN_TYPES[types[0]]}" for column, types in STANDARD.items()}
    values |= {each.field.column: each.value for each in judged if each.field.column}
    pairs = [f"'{each.field.key}', {each.value}" for each in judged if not each.field.column]
    columns = "".join(f", {value} AS {column}" for column, value in values.items())
    joins = "".join(each.join for each in judged)
    attributes = _json_object(pairs) if pairs else "NULL::jsonb"
    return f"SELECT line{columns}, {attributes} AS attributes FROM {{rows}} AS rows{joins}"


def make_bad_cells(run: Run, judged: list[Judged]) -> None:
    """Make {bad_cells}: line and code of the first bad cell of each line that has any."""
    bad = [
        f"SELECT line, {number} AS number, odd.code FROM {{rows}} AS rows"
        f" JOIN {{odd_{each.key}}} AS odd ON odd.written = rows.{each.key}"
        " WHERE odd.code IS NOT NULL"
        for number, each in enumerate(judged)
        if each.bad
    ]
    if not bad:
        run.make("bad_cells", "SELECT 0 AS line, ''::text AS code LIMIT 0")
        return
    found = " UNION ALL ".join(bad)
    run.make(
        "bad_cells",
        f"SELECT DISTINCT ON (line) line, code FROM ({found}) AS found ORDER BY line, number",
    )


def _json_object(pairs: list[str]) -> str:
    # A function takes a hundred arguments at most.
    objects = [
        f"jsonb_build_object({', '.join(pairs[first : first + 50])})"
        for first in range(0, len(pairs), 50)
    ]
    return f"jsonb_strip_nulls({' || '.join(objects)})"


def _judged(run: Run, field: Field) -> Judged:
    key = PREFIX + field.key
    plain = IS_PLAIN[field.type].format(cell=key, key=key)
    number = run.make(
        f"unclear_{key}",
        f"SELECT DISTINCT {key} AS written FROM {{rows}} AS rows"
        f" WHERE {key} <> '' AND NOT ({plain})",
        to_join=False,
        trimmed=TRIMMED,
        **{key: [choice for choice in field.choices if _is_plain(field, choice)]},
    )
    return Judged(field, odd=bool(number), bad=bool(number) and _apply_rule(run, field, key))


def _is_plain(field: Field, choice: str) -> bool:
    try:
        return read(field, choice) in (choice, (choice,))
    except ValidationError:
        return False


def _apply_rule(run: Run, field: Field, key: str) -> bool:
    """Make {odd_KEY}; whether any cell is bad."""
    type_ = COLUMN_TYPES[field.type] if field.column else "jsonb"
    odd = f"odd_{key}"
    run.make(
        odd,
        f"SELECT ''::text AS written, NULL::{type_} AS value, NULL::text AS code LIMIT 0",
        to_join=False,
    )
    codes = set()
    for chunk in _chunks(run.tables[f"unclear_{key}"]):
        with run.cursor.copy(f"COPY {run.tables[odd]} FROM STDIN") as copy:
            for row in _rows(run, field, chunk):
                codes.add(row[2])
                copy.write_row(row)
    run.execute(f"ANALYZE {{{odd}}}")
    return codes != {None}


def _chunks(table: str) -> Iterator[list[str]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT written FROM {table}")
        while rows := cursor.fetchmany(AT_ONCE):
            yield [text for (text,) in rows]


def _rows(run: Run, field: Field, texts: list[str]) -> Iterator[tuple[str, Any, str | None]]:
    for text in texts:
        try:
            yield text, _stored(field, text), None
        except ValidationError as error:
            code = f"{field.key}.{error.code}"
            run.reasons.setdefault(code, f"{field.key}: {' '.join(error.messages)}")
            yield text, None, code


def _stored(field: Field, text: str) -> Any:
    value = read(field, text)
    if field.column:
        return list(value) if isinstance(value, tuple) else value
    return None if value is None else Jsonb(to_json(value))
