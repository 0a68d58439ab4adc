"""What an import of items writes down of itself, to be taken back.

A record is of one offer: `ids` are customers; where they had items before, `rows` holds those of
each of them.
"""

from collections.abc import Sequence

from imports.runs import Run

TYPE = "personal-offer-items"


def remember_written(run: Run) -> None:
    """Write {changed} down. A record has at most so many customers as differ in 12 bits."""
    run.remember(
        "created",
        "SELECT offer_id, array_agg(customer_id) FROM {changed} WHERE was IS NULL"
        " GROUP BY offer_id, customer_id >> 12",
    )
    run.remember(
        "changed",
        "SELECT offer_id, array_agg(customer_id), jsonb_agg(was) FROM {changed}"
        " WHERE was IS NOT NULL GROUP BY offer_id, customer_id >> 12",
        columns="key, ids, rows",
    )


def take_back(run: Run) -> None:
    """Give back what was there before, to those whose items nothing else has changed since."""
    run.make("made", MADE, job=run.job.pk)
    run.counts["deleted"] = run.execute(DELETE, job=run.job.pk)
    run.counts["updated"] = run.execute(RESTORE, job=run.job.pk)
    run.execute(DROP_ANSWERS)


def forget(run: Run, customers: Sequence[int]) -> None:
    """Take these customers out of all that was written down."""
    run.execute(FORGET, ids=list(customers), type=TYPE)


BOTH = (
    "ROWS FROM (unnest(record.ids), jsonb_array_elements(record.rows)) AS was (customer_id, items)"
)

MADE = (
    "SELECT record.key::int AS offer_id, was.customer_id, was.items"
    f" FROM imports_undorecord AS record, {BOTH} WHERE job_id = %(job)s"
)

DELETE = (
    "DELETE FROM loyalty_offeritems AS stored USING {made} AS made WHERE made.items IS NULL"
    " AND stored.customer_id = made.customer_id AND stored.offer_id = made.offer_id"
    " AND stored.written_by = %(job)s"
)

RESTORE = (
    "UPDATE loyalty_offeritems AS stored SET items = made.items, written_by = NULL"
    " FROM {made} AS made WHERE made.items IS NOT NULL"
    " AND stored.customer_id = made.customer_id AND stored.offer_id = made.offer_id"
    " AND stored.written_by = %(job)s"
)

# To items that came with the import, by the rule of storing.py.
DROP_ANSWERS = (
    "DELETE FROM loyalty_offeranswer AS answer USING {made} AS made"
    " LEFT JOIN loyalty_offeritems AS stored"
    " ON stored.customer_id = made.customer_id AND stored.offer_id = made.offer_id"
    " WHERE answer.customer_id = made.customer_id AND answer.offer_id = made.offer_id"
    " AND (stored.items IS NULL OR answer.item <> 0 AND NOT EXISTS ("
    "SELECT FROM jsonb_array_elements(stored.items) AS listed (item)"
    " WHERE listed.item ->> 0 = answer.item::text))"
)

FORGET = (
    "UPDATE imports_undorecord AS record SET (ids, rows) = ("
    "SELECT coalesce(array_agg(customer_id), '{{}}'),"
    " CASE WHEN record.rows IS NOT NULL THEN coalesce(jsonb_agg(items), '[]') END"
    f" FROM {BOTH} WHERE customer_id <> ALL (%(ids)s))"
    " WHERE record.ids && %(ids)s::int[]"
    " AND record.job_id IN (SELECT id FROM imports_job WHERE type = %(type)s)"
)
