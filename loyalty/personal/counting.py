"""How many customers have items of personal offers and what they answered, counted now and then."""

import datetime as dt
from collections.abc import Iterable

from django.db import connection, transaction

from loyalty.models import OfferAnswer, OfferItems

RECENT = dt.timedelta(days=1)


@transaction.atomic
def count_offers(at: dt.datetime, *, offer: int | None = None) -> int:
    """Count anew for all offers that have not long ended, or for one; how many these are.

    One query, which reads the tables of items and answers from end to end: seconds for millions.
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"at": at, "since": at - RECENT, "offer": offer})
        return int(cursor.rowcount)


def note_new(offers: Iterable[int]) -> None:
    """That another customer has items of each of these, named once for each customer. One query."""
    with connection.cursor() as cursor:
        cursor.execute(NOTE_NEW.format(new="unnest(%s::int[]) AS new (offer_id)"), [list(offers)])


def has_items(offer: int) -> bool:
    """Whether any customer has items of it, as of now. One query, a scan where nobody has."""
    return OfferItems.objects.filter(offer_id=offer).exists()


def rows_of(offer: int) -> tuple[int, int]:
    """Customers with items, and answers, as of now. Two queries, each a scan."""
    return (
        OfferItems.objects.filter(offer_id=offer).count(),
        OfferAnswer.objects.filter(offer_id=offer).count(),
    )


COUNT = """
    WITH counted AS MATERIALIZED (
        SELECT id FROM loyalty_personaloffer
        WHERE CASE WHEN %(offer)s::int IS NULL THEN "end" > %(since)s ELSE id = %(offer)s END
    )
    INSERT INTO loyalty_offercount (offer_id, customers, accepted, declined, counted_at)
    SELECT counted.id, coalesce(items.number, 0), coalesce(said.yes, 0), coalesce(said.no, 0),
        %(at)s
    FROM counted
    LEFT JOIN (
        SELECT offer_id, count(*) AS number FROM loyalty_offeritems
        WHERE offer_id IN (SELECT id FROM counted) GROUP BY 1
    ) AS items ON items.offer_id = counted.id
    LEFT JOIN (
        SELECT offer_id, count(*) FILTER (WHERE yes) AS yes, count(*) FILTER (WHERE NOT yes) AS no
        FROM (
            SELECT customer_id, offer_id, bool_or(accepted) AS yes FROM loyalty_offeranswer
            WHERE offer_id IN (SELECT id FROM counted) GROUP BY 1, 2
        ) AS answer GROUP BY 1
    ) AS said ON said.offer_id = counted.id
    ORDER BY 1
    ON CONFLICT (offer_id) DO UPDATE SET customers = excluded.customers,
        accepted = excluded.accepted, declined = excluded.declined,
        counted_at = excluded.counted_at
"""

# Until all is counted again, so that offers are no drafts that customers were just given.
NOTE_NEW = """
    INSERT INTO loyalty_offercount AS known (offer_id, customers, accepted, declined, counted_at)
    SELECT offer_id, count(*), 0, 0, now() FROM {new} GROUP BY 1 ORDER BY 1
    ON CONFLICT (offer_id) DO UPDATE SET customers = known.customers + excluded.customers
"""
