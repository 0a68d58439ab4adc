"""The lines of a file of customers, cell by cell: cleaned, in their one form, or refused."""

from customers.addresses import IS_PLAIN as IS_PLAIN_EMAIL
from customers.addresses import PLAIN_VALUES, judge, trimmed_lower
from customers.attributes.cells import judge_attributes, make_bad_cells, values_of_lines
from customers.attributes.fields import defined
from customers.attributes.plain import DATE as PLAIN_DATE
from customers.identity import TRIMMED, normalize_email, normalize_phone
from customers.phones import DIGITS, IS_POSSIBLE, make_lengths
from imports.runs import Run


def clean(run: Run) -> None:
    """Make {lines}: line, the six cells (NULL if empty), code (why the line is refused).

    {values} has the attributes of the lines, as they are stored. Only what is neither a plain
    address nor a plain number is looked at in Python.
    """
    make_lengths(run)
    cells = ", ".join(f"nullif({_cell(key)}, '') AS {key}" for key in TEXTS)
    email = f"nullif({trimmed_lower('email')}, '') AS email"
    run.make("cells", f"SELECT line, {email}, {cells} FROM {{rows}} AS rows", trimmed=TRIMMED)
    run.make("odd_email", ODD_EMAILS, **PLAIN_VALUES)
    judge(run, "odd_email", normalize_email, written="written", normal="normal")
    run.make("odd_phone", ODD_PHONES)
    judge(run, "odd_phone", normalize_phone, written="written", normal="normal")
    judged = judge_attributes(run, defined().values())
    make_bad_cells(run, judged)
    run.define("values", values_of_lines(judged))
    run.make("lines", LINES, today=run.job.created_at.date())


def _cell(key: str) -> str:
    return f"btrim({unescaped(key) if key == 'phone' else key}, %(trimmed)s)"


def unescaped(key: str) -> str:
    """SQL for a cell without the apostrophe by which spreadsheets know that +48 600 is a text."""
    return f"CASE WHEN {key} ^@ '''' AND {key} ~ '^''[=@+-]' THEN substr({key}, 2) ELSE {key} END"


TEXTS = ("external_id", "phone", "first_name", "last_name", "birth_date")

ODD_EMAILS = (
    "SELECT DISTINCT email AS written, NULL::text AS normal, NULL::text AS code"
    f" FROM {{cells}} WHERE email IS NOT NULL AND NOT ({IS_PLAIN_EMAIL})"
)
ODD_PHONES = (
    "SELECT DISTINCT phone AS written, NULL::text AS normal, NULL::text AS code"
    " FROM {cells} LEFT JOIN {lengths} AS possible"
    f" ON {IS_POSSIBLE.format(digits=DIGITS.format(column='phone'))}"
    " WHERE phone IS NOT NULL AND possible.prefix IS NULL"
)

LONGEST_EXTERNAL_ID = 64
LONGEST_NAME = 150
ISO_DATE = "^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$"

# CASE looks at one condition after the other, so that none meets what it can't compute; nor does
# it count the days of months for days that all months have.
DATE_CODE = (
    "CASE WHEN birth_date IS NULL THEN NULL"
    f" WHEN birth_date ~ '^{PLAIN_DATE}$'"
    " THEN CASE WHEN birth_date::date > %(today)s THEN 'birth_date_future' END"
    f" WHEN birth_date !~ '{ISO_DATE}' THEN 'birth_date'"
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
