"""Sweeping away the assignments of offers and customers that no longer exist."""

from django.db import connection, transaction


def sweep_offer(*, offer_id: int) -> int:
    """Delete what is assigned to an offer that no longer exists; how many that was."""
    return _execute(
        "DELETE FROM offers_assignment WHERE offer_id = %(offer)s"
        " AND NOT EXISTS (SELECT FROM offers_privateoffer WHERE id = %(offer)s)",
        offer=offer_id,
    )


def sweep_orphans() -> int:
    """Delete the assignments of all offers and customers that no longer exist; how many."""
    return _execute(
        "DELETE FROM offers_assignment AS a"
        " WHERE NOT EXISTS (SELECT FROM offers_privateoffer AS o WHERE o.id = a.offer_id)"
        " OR NOT EXISTS (SELECT FROM customers_customer AS c WHERE c.id = a.customer_id)"
    )


@transaction.atomic
def correct_counts() -> int:
    """Make every offer's count that of its assignments; how many were wrong.

    Whoever assigns meanwhile waits: a count taken beside a change would be wrong for ever.
    """
    _execute("LOCK TABLE offers_assignment IN SHARE ROW EXCLUSIVE MODE")
    return _execute(
        "UPDATE offers_privateoffer AS o SET assigned_count = actual.number"
        " FROM (SELECT o.id, count(a.offer_id) AS number FROM offers_privateoffer AS o"
        " LEFT JOIN offers_assignment AS a ON a.offer_id = o.id GROUP BY o.id) AS actual"
        " WHERE o.id = actual.id AND o.assigned_count <> actual.number"
    )


def _execute(sql: str, **values: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.rowcount
