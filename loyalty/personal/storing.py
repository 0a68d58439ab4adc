"""Items into the table, and the answers that go with what is no longer offered.

A customer's answer to a product stays as long as the product is among their items, whatever its
size or dates become; with the product it goes, and comes back as pending (docs/decisions/
personal-offers.md). An answer to a whole offer stays as long as they have any item of it.
"""

from typing import Any

from django.db import IntegrityError, transaction

from imports.resources import Text
from imports.runs import Run

HOLD = "SELECT FROM loyalty_personaloffer WHERE {which} ORDER BY id FOR NO KEY UPDATE"


def hold_offers(run: Run, which: str, **values: Any) -> None:
    """Whoever saves or deletes one of these, or gives anybody items of it, waits until the end.

    So nothing is written by a request between what a file looks at and what it writes: a request
    adds to what the file gave, and an undo gives back what was there. Customers may be millions,
    offers are few; whoever holds both holds the offers first.
    """
    run.execute(HOLD.replace("{which}", which), **values)


def make_changed(run: Run) -> None:
    """Make {changed} of {attributes}: what is new or differs, with what was there (`was`)."""
    run.make("changed", CHANGED, to_join=False)


def store(run: Run, step: Text, share: float) -> None:
    """Write {changed}, by customer and offer as all do, so that nobody waits in a circle."""
    (replaces,) = run.one("SELECT EXISTS (SELECT FROM {changed} WHERE was IS NOT NULL)")
    for slice_ in run.slices("changed", step, share, 1):
        if replaces or not _added(run, slice_):
            run.execute(f"{ADD} {REPLACE}".format(slice=slice_), job=run.job.pk)
    run.execute(DROP_ANSWERS)


def _added(run: Run, slice_: str) -> bool:
    """Put in rows that nobody has yet: minding conflicts would cost half as much again.

    False, with nothing done, where one was put in since it was looked for.
    """
    try:
        with transaction.atomic():
            run.execute(ADD.format(slice=slice_), job=run.job.pk)
    except IntegrityError:
        return False
    return True


CHANGED = (
    "SELECT asked.customer_id, asked.offer_id, asked.items, asked.lines, stored.items AS was"
    " FROM {attributes} AS asked LEFT JOIN loyalty_offeritems AS stored"
    " ON stored.customer_id = asked.customer_id AND stored.offer_id = asked.offer_id"
    " WHERE stored.items IS DISTINCT FROM asked.items ORDER BY 1, 2"
)

ADD = (
    "INSERT INTO loyalty_offeritems AS stored (customer_id, offer_id, items, written_by)"
    " SELECT customer_id, offer_id, items, %(job)s FROM {{changed}} WHERE {slice}"
)

REPLACE = (
    "ON CONFLICT (customer_id, offer_id)"
    " DO UPDATE SET items = EXCLUDED.items, written_by = EXCLUDED.written_by"
)

DROP_ANSWERS = (
    "DELETE FROM loyalty_offeranswer AS answer USING {changed} AS changed"
    " WHERE answer.customer_id = changed.customer_id AND answer.offer_id = changed.offer_id"
    " AND answer.item <> 0 AND NOT EXISTS ("
    "SELECT FROM jsonb_array_elements(changed.items) AS listed (item)"
    " WHERE listed.item ->> 0 = answer.item::text)"
)
