"""The lines of a file of customers, cell by cell: cleaned, in their one form, or refused."""

from typing import Any

from customers.addresses import IS_PLAIN as IS_PLAIN_EMAIL
from customers.addresses import PLAIN_VALUES, judge, trimmed_lower
from customers.attributes.cells import judge_attributes, make_bad_cells, values_of_lines
from customers.attributes.fields import defined
from customers.identity import TRIMMED, normalize_email, normalize_phone
from customers.phones import DIGITS, make_lengths
from customers.phones import IS_PLAIN as IS_PLAIN_PHONE
from imports.runs import Run

PLAIN_PHONE = IS_PLAIN_PHONE.format(digits=DIGITS.format(column="phone"))


def clean(run: Run) -> None:
    """Make {lines}: line, the six cells (NULL if empty), code (why the line is refused).

    {values} has the attributes of the lines, as they are stored. Only what is neither a plain
    address nor a plain number is looked at in Python.
    """
    make_lengths(run)
    cells = ", ".join(f"nullif({_cell(key)}, '') AS {key}" for key in TEXTS)
    email = f"nullif({trimmed_lower('email')}, '') AS email"
    run.make("cells", f"SELECT line, {email}, {cells} FROM {{rows}} AS rows", trimmed=TRIMMED)
    _make_odd(run, "email", IS_PLAIN_EMAIL, **PLAIN_VALUES)
    judge(run, "odd_email", normalize_email, written="written", normal="normal")
    _make_odd(run, "phone", PLAIN_PHONE)
    judge(run, "odd_phone", normalize_phone, written="written", normal="normal")
    judged = judge_attributes(run, defined().values())
    make_bad_cells(run, judged)
    run.define("values", values_of_lines(judged))
    run.make("lines", LINES, today=run.job.created_at.date())


def _make_odd(run: Run, column: str, is_plain: str, **values: Any) -> None:
    run.make(
        f"odd_{column}",
        f"SELECT DISTINCT {column} AS written, NULL::text AS normal, NULL::text AS code"
        f" FROM {{cells}} WHERE {column} IS NOT NULL AND ({is_plain}) IS NOT TRUE",
        **values,
    )


def _cell(key: str) -> str:
    return f"btrim({unescaped(key) if key == 'phone' else key}, %(trimmed)s)"


def unescaped(key: str) -> str:
    """SQL for a cell without the apostrophe by which spreadsheets know that +48 600 is a text."""
    return f"CASE WHEN {key} ^@ '''' AND {key} ~ '^''[=@+-]' THEN substr({key}, 2) ELSE {key} END"


TEXTS = ("external_id", "phone", "first_name", "last_name", "birth_date")

LONGEST_EXTERNAL_ID = 64
LONGEST_NAME = 150
ISO_DATE = "^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$"

# CASE looks at one condition after the other, so that none meets what it can't compute.
DATE_CODE = (
    f"CASE WHEN birth_date IS NULL THEN NULL WHEN birth_date !~ '{ISO_DATE}' THEN 'birth_date'"
    " WHEN left(birth_date, 4) < '1900' THEN 'birth_date_early'"
    " WHEN substr(birth_date, 6, 2) NOT BETWEEN '01' AND '12' THEN 'birth_date'"
    " WHEN right(birth_date, 2)::int NOT BETWEEN 1 AND extract(day FROM"
    " make_date(left(birth_date, 4)::int, substr(birth_date, 6, 2)::int, 1)"
    " + interval '1 month - 1 day') THEN 'birth_date'"
    " WHEN birth_date::date > %(today)s THEN 'birth_date_future' END"
)

LINE_CODE = (
    "CASE WHEN num_nonnulls(c.external_id, c.email, c.phone) = 0 THEN 'no_identity'"
    f" WHEN length(c.external_id) > {LONGEST_EXTERNAL_ID} THEN 'external_id_long'"
    " WHEN email.code IS NOT NULL THEN email.code"
    " WHEN phone.code IS NOT NULL THEN phone.code"
    f" WHEN length(c.first_name) > {LONGEST_NAME} OR length(c.last_name) > {LONGEST_NAME}"
    f" THEN 'name_long' ELSE coalesce({DATE_CODE}, bad.code) END"
)

LINES = (
    "SELECT line, external_id, email, phone, first_name, last_name, code,"
    " CASE WHEN code IS NULL THEN birth_date::date END AS birth_date"
    " FROM (SELECT c.line, c.external_id, coalesce(email.normal, c.email) AS email,"
    f" coalesce(phone.normal, {DIGITS.format(column='c.phone')}) AS phone,"
    f" c.first_name, c.last_name, c.birth_date, {LINE_CODE} AS code FROM {{cells}} AS c"
    " LEFT JOIN {odd_email} AS email ON email.written = c.email"
    " LEFT JOIN {odd_phone} AS phone ON phone.written = c.phone"
    " LEFT JOIN {bad_cells} AS bad ON bad.line = c.line) AS judged"
)
