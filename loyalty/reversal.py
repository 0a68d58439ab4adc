"""Taking a batch back by entries of its own: nothing that was posted is changed.

A debit is given back to the very lots it took from, so that it expires when it would have, and
only to those that would still be there without it: not if their time is over or their credit was
itself undone meanwhile. Of a credit is taken what is left of its own lot and no other: who has
spent it stays as they are, and nobody's other cashback is touched. So in whatever order batches
are undone, nobody ends with more or less than without them. What could not be given back or taken
is the new batch's shortfall.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from customers.models import User
from loyalty.batches import Figures, hold_customer, settle
from loyalty.models import Batch, Purpose
from loyalty.posting import (
    ALIVE,
    change_lots,
    execute,
    fetch,
    hold_accounts,
    write_entries,
)

REPEATED = ("kind", "group", "customer_id", "mode", "amount", "comment")
"""What a batch and the one that undoes it have alike."""


@transaction.atomic
def undo(*, batch: Batch, user: User | None, at: dt.datetime) -> Batch:
    """The batch that undoes this one: an entry for everybody whom it changed.

    Undoing twice yields the same batch. Raises ValidationError for one that is not posted, or
    that undoes another itself.
    """
    if batch.customer_id:
        hold_customer(batch.customer_id)  # whose reason is about to be repeated
    # Whoever presses at the same moment waits here and then finds it done.
    batch = Batch.objects.select_for_update(of=["self"]).get(pk=batch.pk)
    if done := Batch.objects.filter(undo_of=batch).first():
        return done
    if batch.posted_at is None or batch.undo_of_id:
        raise ValidationError(_("This can't be undone: save another change instead."))
    same = {name: getattr(batch, name) for name in REPEATED}
    undoing = Batch.objects.create(**same, undo_of=batch, created_by=user, created_at=at)
    _post(batch, undoing, at)
    return undoing


def _post(batch: Batch, undoing: Batch, at: dt.datetime) -> None:
    # A table, since there may be millions; of this transaction alone, and gone with it.
    plan = f"loyalty_undo_{undoing.pk}"
    posted = POSTED_TO_ONE if batch.kind == Batch.Kind.SINGLE else POSTED
    hold_accounts(f"({posted}) AS members", batch=batch.pk, customer=batch.customer_id)
    execute(
        f"CREATE UNLOGGED TABLE {plan} AS {PLAN.format(entries=posted)}",
        batch=batch.pk,
        customer=batch.customer_id,
        at=at,
    )
    execute(f"ANALYZE {plan}")
    write_entries(plan, purpose=Purpose.ADJUSTED, at=at, batch=undoing.pk)
    change_lots(GIVEN_AND_TAKEN.format(plan=plan), at=at)
    (figures,) = fetch(FIGURES.format(plan=plan))
    settle(undoing, Figures(*figures), at=at)
    execute(f"DROP TABLE {plan}")


POSTED = "SELECT * FROM loyalty_entry WHERE batch_id = %(batch)s AND amount <> 0"
# By the key: one customer's entries are found at once.
POSTED_TO_ONE = f"{POSTED} AND customer_id = %(customer)s"

NOT_UNDONE = "NOT EXISTS (SELECT FROM loyalty_batch WHERE undo_of_id = credit.batch_id)"

# Uses of lots that would still be there: what was taken from others is not given back.
TO_GIVE_BACK = f"""
    loyalty_lotuse AS use
    JOIN loyalty_lot AS lot
        ON lot.customer_id = use.customer_id AND lot.entry_id = use.lot_id AND {ALIVE}
    JOIN loyalty_entry AS credit
        ON credit.customer_id = use.customer_id AND credit.id = use.lot_id AND {NOT_UNDONE}
"""

PLAN = f"""
    SELECT customer_id, nextval('loyalty_entry_number') AS entry_id, undone, was, amount FROM (
        SELECT entry.customer_id, entry.id AS undone, entry.amount AS was,
            coalesce(sum(use.amount), -own.remaining, 0) AS amount
        FROM ({{entries}}) AS entry
        LEFT JOIN loyalty_lot AS own
            ON own.customer_id = entry.customer_id AND own.entry_id = entry.id
        LEFT JOIN ({TO_GIVE_BACK})
            ON use.customer_id = entry.customer_id AND use.entry_id = entry.id
        GROUP BY entry.customer_id, entry.id, entry.amount, own.remaining
        ORDER BY entry.customer_id
    ) AS changes
"""

GIVEN_AND_TAKEN = f"""
    SELECT customer_id, entry_id, undone, -amount FROM {{plan}} WHERE amount < 0
    UNION ALL
    SELECT plan.customer_id, plan.entry_id, use.lot_id, -use.amount
    FROM {{plan}} AS plan JOIN ({TO_GIVE_BACK})
        ON use.customer_id = plan.customer_id AND use.entry_id = plan.undone
    WHERE plan.amount > 0
"""

FIGURES = """
    SELECT count(*), count(*) FILTER (WHERE amount <> 0), coalesce(sum(amount), 0),
        coalesce(sum(abs(was + amount)), 0)
    FROM {plan}
"""
