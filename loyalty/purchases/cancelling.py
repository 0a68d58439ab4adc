"""Cancelling a purchase: as if it had never been, though it stays on record (P1)."""

import datetime as dt

from django.db import transaction

from loyalty.models import Event
from loyalty.purchases import outbox, points, records, uses, writing
from loyalty.purchases.amounts import amounts
from loyalty.purchases.orders import check_past, taken_back_at
from loyalty.purchases.records import Record
from loyalty.purchases.refusals import Refusal


@transaction.atomic
def cancel(*, receipt: str, cancelled_at: dt.datetime | None, at: dt.datetime) -> Record:
    """Take all of it back; again, nothing happens, whatever moment is said. Raises Refusal.

    Its moment is not before the purchase (`taken_back_at`).

    Five queries, three more for each kind of offers that gave something, one for points earned,
    one for points at all, and what points.take_back says.
    """
    check_past(cancelled_at, at)
    record = records.read(records.hold(receipt))
    purchase = record.purchase
    if purchase.cancelled_at:
        return record
    if record.returns:
        raise Refusal("has_returns", "Some of it was returned: return the rest.")
    cancelled_at = taken_back_at(cancelled_at, bought_at=purchase.at, at=at)
    is_there = points.hold_whose(purchase)
    uses.give_back_all(purchase.public_id, purchase.effects)
    earned, spent = purchase.points_earned, purchase.points_spent
    not_taken = points.take_back(record, is_there=is_there, earned=earned, spent=spent, at=at)
    record.points_expired, record.points_missing = not_taken
    writing.mark_cancelled(purchase, cancelled_at, not_taken.missing)
    missed = {"points_expired": not_taken.expired, "points_missing": not_taken.missing}
    told = {"cancelled_at": cancelled_at.isoformat(), **amounts(missed, purchase.currency)}
    outbox.tell(Event.Kind.CANCELLED, purchase, at, **told)
    return record
