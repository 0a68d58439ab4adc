"""The rows of lists that a file adds, put in fast and without anybody else having to wait.

An INSERT that minds conflicts costs twice as much, and a lock would keep customers from choosing
and services from adding for as long as a file takes. So rows go in as if nobody else added any;
where somebody did, the rows that are there by then are left out, and the slice goes in again.
"""

from django.db import IntegrityError, transaction

from imports.resources import Text
from imports.runs import Run


def make_new_rows(run: Run) -> None:
    """Make {added} of what the good lines add, in the order of the table's key.

    So that of two who add, neither waits for another who waits for them.
    """
    # Sorting in parallel and dropping repeats on the way beats hashing, then sorting.
    run.execute("SET LOCAL enable_hashagg = off")
    run.make("added", f"{NEW_ROWS} ORDER BY 1, 2, 3", to_join=False)
    run.execute("SET LOCAL enable_hashagg = on")


def add_new_rows(run: Run, step: Text, share: float) -> int:
    """Insert {added}, without what others added meanwhile, which is taken out of it; how many."""
    return sum(_add(run, slice_) for slice_ in run.slices("added", step, share, 1))


def _add(run: Run, slice_: str) -> int:
    while True:
        try:
            with transaction.atomic():
                return run.execute(ADD.format(slice=slice_))
        except IntegrityError:
            if not run.execute(LEAVE_OUT.format(slice=slice_)):
                raise


ADD = (
    "INSERT INTO promotions_listedproduct (customer_id, promotion_id, product_id)"
    " SELECT * FROM {{added}} WHERE {slice}"
)

LEAVE_OUT = (
    "DELETE FROM {{added}} AS added USING promotions_listedproduct AS listed"
    " WHERE added.ctid IN (SELECT ctid FROM {{added}} WHERE {slice})"
    " AND listed.customer_id = added.customer_id AND listed.promotion_id = added.promotion_id"
    " AND listed.product_id = added.product_id"
)

# What the file asks for and that is not there yet.
NEW_ROWS = (
    "SELECT DISTINCT customer_id, promotion_id, product_id FROM ("
    "SELECT customer_id, promotion_id, product_id FROM {resolved}"
    " WHERE code IS NULL AND customer IS NULL"
    " UNION ALL SELECT customer_id, promotion_id, product_id FROM {strangers} WHERE code IS NULL"
    ") AS asked WHERE NOT EXISTS (SELECT FROM promotions_listedproduct AS listed"
    " WHERE listed.customer_id = asked.customer_id AND listed.promotion_id = asked.promotion_id"
    " AND listed.product_id = asked.product_id"
    # Most rows are of promotions that the file doesn't name: they needn't be hashed.
    " AND listed.promotion_id IN (SELECT promotion_id FROM {named}))"
)
