"""Sweeping away what customers had of a personal offer that no longer exists."""

from django.db import connection

TABLES = ("loyalty_offeritems", "loyalty_offeranswer")
SWEEP = (
    "DELETE FROM {table} WHERE offer_id = %(offer)s"
    " AND NOT EXISTS (SELECT FROM loyalty_personaloffer WHERE id = %(offer)s)"
)


def sweep_offer(*, offer_id: int) -> int:
    """Delete items and answers of an offer, unless it exists; how many rows those were."""
    with connection.cursor() as cursor:
        number = 0
        for table in TABLES:
            cursor.execute(SWEEP.format(table=table), {"offer": offer_id})
            number += cursor.rowcount
    return number
