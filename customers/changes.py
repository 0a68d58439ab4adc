"""Customers created and changed in sets, and taken back as far as nobody touched them since."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.addresses import hold_prospects
from customers.matching import FIELDS, IDENTITY, lock_customers
from customers.models.attributes import STANDARD
from customers.references import may_wait, unreferenced
from customers.takeover import take_over
from imports.resources import Text
from imports.runs import Run

NAMES = ", ".join(FIELDS)


def _mark(table: str) -> str:
    """A fingerprint of what a customer's row says, by which an undo knows it again."""
    row = ", ".join(f"{table}.{field}" for field in (*FIELDS, "is_prospect"))
    return f"hash_record_extended(ROW({row}), 0)"


def gather_search_entries(run: Run) -> None:
    """Have the indexes of searches take their entries by the hundred thousand: that is cheaper.

    `sort_in_search_entries` is to follow: until then searches read all of them.
    """
    run.execute("SET LOCAL gin_pending_list_limit = '128MB'")


def sort_in_search_entries(run: Run) -> None:
    for index in ("customer_search", "customer_attributes"):
        run.execute(f"SELECT gin_clean_pending_list('{index}')")


def create(run: Run, step: Text, start: float, end: float) -> None:
    """Insert {new} and remember who was created."""
    for slice_ in run.slices("new", step, start, end):
        run.remember(
            "created",
            "SELECT array_agg(id), jsonb_agg(jsonb_build_array(mark)) FROM made"
            " HAVING count(*) > 0",
            columns="ids, rows",
            with_=(
                f"made AS (INSERT INTO customers_customer AS c ({NAMES})"
                f" SELECT {NAMES} FROM {{new}} WHERE {slice_} RETURNING id, {_mark('c')} AS mark)"
            ),
        )


def take_over_prospects(run: Run) -> None:
    """Free the addresses that {changed} gives to customers who were known without them."""
    pairs = "SELECT prospect, id AS customer FROM {changed} WHERE prospect IS NOT NULL"
    if run.make("pairs", pairs):
        take_over(run.cursor, run.tables["pairs"])


def change(run: Run, step: Text, start: float, end: float) -> None:
    """Update by {changed} and remember what was there; a prospect becomes a customer."""
    values = ", ".join(f"{field} = new.{field}" for field in FIELDS)
    old = ", ".join(f"old.{field}" for field in FIELDS)
    for slice_ in run.slices("changed", step, start, end):
        # The query beside the update still sees the rows as they were.
        run.remember(
            "changed",
            "SELECT array_agg(id), jsonb_agg(jsonb_build_array(mark, old.is_prospect, merged,"
            f" {old})) FROM made JOIN customers_customer AS old USING (id) HAVING count(*) > 0",
            columns="ids, rows",
            with_=(
                f"made AS (UPDATE customers_customer AS c SET {values}, is_prospect = false"
                f" FROM (SELECT * FROM {{changed}} WHERE {slice_}) AS new"
                f" WHERE c.id = new.id"
                f" RETURNING c.id, {_mark('c')} AS mark, new.prospect IS NOT NULL AS merged)"
            ),
        )


def take_back(run: Run) -> None:
    """Undo both. Who changed since, signed in since or is spoken of elsewhere is kept.

    So is who took an address over: what waited for it is theirs by now.
    """
    hold_prospects(run, to_forget=True)
    lock_customers(run)
    gather_search_entries(run)
    run.tell(str(_("Comparing")), 0.1)
    number = run.make("made", MADE, job=run.job.pk)
    run.tell(str(_("Deleting customers")), 0.3)
    number -= run.execute(
        "DELETE FROM customers_customer AS customer USING {made} AS made"
        " WHERE customer.id = made.id AND same AND part = 'created'"
        f" AND customer.user_id IS NULL AND {unreferenced('customer')}"
    )
    run.tell(str(_("Restoring customers")), 0.6)
    number -= run.execute(
        f"UPDATE customers_customer AS customer SET {AS_PROSPECT} FROM {{made}} AS made"
        " WHERE customer.id = made.id AND same AND (part = 'created' OR promoted)"
        f" AND customer.user_id IS NULL AND customer.email IS NOT NULL AND {may_wait('customer')}"
    )
    number -= run.execute(RESTORE)
    sort_in_search_entries(run)
    (merged,) = run.one("SELECT count(*) FROM {made} WHERE merged")
    if merged:
        run.job.notes = [*run.job.notes, _merged(merged)]
    if number > merged:
        run.job.notes = [*run.job.notes, _kept(number - merged)]


def _kept(number: int) -> str:
    return (
        ngettext(
            "%d customer stays as is: changed or in use since the import.",
            "%d customers stay as they are: changed or in use since the import.",
            number,
        )
        % number
    )


def _merged(number: int) -> str:
    return (
        ngettext(
            "%d customer stays as is, with what waited for the e-mail address.",
            "%d customers stay as they are, with what waited for their e-mail addresses.",
            number,
        )
        % number
    )


AS_PROSPECT = (
    "is_prospect = true, external_id = NULL, phone = NULL, first_name = '', last_name = '',"
    f" birth_date = NULL, {', '.join(f'{column} = NULL' for column in STANDARD)},"
    " attributes = '{{}}'"
)

MADE = (
    "SELECT customer.id, record.part, made.was,"
    " record.part = 'changed' AND (made.was ->> 1)::boolean AS promoted,"
    " record.part = 'changed' AND (made.was ->> 2)::boolean AS merged,"
    f" {_mark('customer')} = (made.was ->> 0)::bigint AS same"
    " FROM imports_undorecord AS record,"
    " ROWS FROM (unnest(record.ids), jsonb_array_elements(record.rows)) AS made (id, was)"
    " JOIN customers_customer AS customer ON customer.id = made.id"
    " WHERE record.job_id = %(job)s"
)

# PostgreSQL's own way from JSON to the types of the columns.
WAS = (
    "(SELECT old.* FROM {made} AS made, jsonb_populate_record(NULL::customers_customer,"
    " jsonb_build_object('id', made.id, "
    + ", ".join(f"'{field}', made.was -> {number}" for number, field in enumerate(FIELDS, start=3))
    + ")) AS old WHERE same AND part = 'changed' AND NOT promoted AND NOT merged)"
)

# What used to be theirs may be another's by now.
RESTORE = (
    "UPDATE customers_customer AS customer SET "
    + ", ".join(f"{field} = was.{field}" for field in FIELDS)
    + f" FROM {WAS} AS was WHERE customer.id = was.id"
    + "".join(
        " AND NOT EXISTS (SELECT FROM customers_customer AS other"
        f" WHERE other.id <> customer.id AND other.{field} = was.{field})"
        for field in IDENTITY
    )
)
