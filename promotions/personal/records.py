"""What an import of lists writes down of itself, to be taken back: two arrays side by side.

A record is of one promotion: `ids` are customers, `rows` holds the product for each of them, as
the text of an array. As JSON's own numbers, or in a record for each product, writing them down
would take half as long as adding the rows.
"""

from collections.abc import Sequence

from imports.runs import Run

TYPE = "personalized-promotion-products"


def remember_added(run: Run) -> None:
    """Write {added} down. A record has at most so many customers as differ in 16 bits."""
    run.remember(
        "listed",
        "SELECT promotion_id, array_agg(customer_id), to_jsonb(array_agg(product_id)::text)"
        " FROM {added} GROUP BY promotion_id, customer_id >> 16",
        columns="key, ids, rows",
    )


def read_added(run: Run) -> None:
    """Make {made} of what the job wrote down, and {later} of what later imports added of it."""
    run.make("made", f"{READ} WHERE job_id = %(job)s AND part = 'listed'", job=run.job.pk)
    run.make("later", f"{READ} WHERE {BY_LATER_IMPORTS}", job=run.job.pk, type=TYPE)


def forget(run: Run, customers: Sequence[int]) -> None:
    """Take these customers out of all that was written down."""
    run.execute(FORGET, ids=list(customers), type=TYPE)


BOTH = (
    "ROWS FROM (unnest(record.ids), unnest((record.rows #>> '{{}}')::int[]))"
    " AS was (customer_id, product_id)"
)

READ = (
    "SELECT record.key::int AS promotion_id, was.customer_id, was.product_id"
    f" FROM imports_undorecord AS record, {BOTH}"
)

BY_LATER_IMPORTS = (
    "record.id > (SELECT max(id) FROM imports_undorecord WHERE job_id = %(job)s)"
    " AND record.job_id IN (SELECT id FROM imports_job WHERE type = %(type)s)"
    " AND record.key IN (SELECT promotion_id FROM {made})"
)

FORGET = (
    "UPDATE imports_undorecord AS record SET (ids, rows) = ("
    "SELECT coalesce(array_agg(customer_id), '{{}}'),"
    " to_jsonb(coalesce(array_agg(product_id), '{{}}')::text)"
    f" FROM {BOTH} WHERE customer_id <> ALL (%(ids)s))"
    " WHERE record.ids && %(ids)s::int[]"
    " AND record.job_id IN (SELECT id FROM imports_job WHERE type = %(type)s)"
)
