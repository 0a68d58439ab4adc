"""What happened to purchases, for other systems to read in order.

An event is written in the transaction that it is about. Its number is drawn before that one ends,
so whoever read all that is there would miss what ends late. Therefore who writes first locks,
shared and until the end, the last number drawn before: after those that are locked, some may still
come. Only transactions that have an event to tell keep others back, and they end soon.
"""

import datetime as dt
import json
from typing import Any

from django.db.models import Max

from customers import planned
from loyalty.models import Event, Purchase
from loyalty.posting import execute, fetch
from loyalty.purchases.refusals import Refusal

KEPT = dt.timedelta(days=90)
SWEPT_AT_ONCE = 10_000
LARGEST = 2**63 - 1


def place(text: str) -> int:
    """In the order of events: the number of the one after which to go on; empty: the beginning.

    Raises Refusal for what none was written as.
    """
    if not text:
        return 0
    if text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= LARGEST:
        return int(text)
    raise Refusal("cursor", "after: send what `next` of an earlier answer said.")


def tell(kind: Event.Kind, purchase: Purchase, at: dt.datetime, **more: Any) -> None:
    """What happens in this transaction. One query."""
    content = {
        "id": str(purchase.public_id),
        "receipt": purchase.receipt,
        "customer": f"id:{purchase.customer_id}" if purchase.customer_id else None,
        "currency": purchase.currency,
        **more,
    }
    values = {"kind": kind.value, "at": at, "content": json.dumps(content)}
    whose = {"customer": purchase.customer_id, "purchase": purchase.id}
    planned.execute(TELL, {**values, **whose})


# Apart from the locks of receipts, which nobody shares.
LOCKED = 2**62
# The inner query comes first, row by row: the lock is there before the number is drawn.
TELL = f"""
    INSERT INTO loyalty_event (kind, at, customer_id, purchase_id, content)
    SELECT %(kind)s, %(at)s, %(customer)s, %(purchase)s, %(content)s::jsonb
    FROM (
        SELECT pg_advisory_xact_lock_shared({LOCKED} + last_value - (NOT is_called)::int)
        FROM loyalty_event_id_seq OFFSET 0
    ) AS locked
"""


def events_after(number: int, *, limit: int) -> list[Event]:
    """The next ones that nothing can come before any more. Three queries, one if there are none.

    The order is what makes it true: whoever drew a number up to `last` had locked by then, and is
    seen locking or has ended before the events are read.
    """
    last = Event.objects.aggregate(last=Max("id"))["last"] or 0
    if last <= number:
        return []
    ((locked,),) = fetch(FIRST_LOCKED)
    until = last if locked is None else min(last, locked)
    return list(Event.objects.filter(id__gt=number, id__lte=until).order_by("id")[:limit])


FIRST_LOCKED = f"""
    SELECT min((classid::bigint << 32 | objid::bigint) - {LOCKED}) FROM pg_locks
    WHERE locktype = 'advisory' AND mode = 'ShareLock' AND objsubid = 1
        AND classid::bigint >> 30 = {LOCKED >> 62}
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def sweep(at: dt.datetime) -> int:
    """Delete the events of more than 90 days ago; how many. In parts, so that nobody waits."""
    swept = 0
    while True:
        here = execute(SWEEP, before=at - KEPT, some=SWEPT_AT_ONCE)
        swept += here
        if here < SWEPT_AT_ONCE:
            return swept


# From the first on, until one is young enough: they are nearly in the order of time.
SWEEP = """
    DELETE FROM loyalty_event WHERE at < %(before)s AND id IN (
        SELECT id FROM loyalty_event ORDER BY id LIMIT %(some)s
    )
"""
