"""How many customers have a list, for the overview: counted now and then, however many rows."""

import datetime as dt

from django.db import connection, transaction


@transaction.atomic
def count_lists(at: dt.datetime) -> int:
    """Count anew for all promotions; how many these are. One query.

    Reads the indexes of the lists from end to end: seconds for ten million rows.
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"at": at})
        return int(cursor.rowcount)


COUNT = """
    INSERT INTO promotions_listcount (promotion_id, customers, customers_who_chose, counted_at)
    SELECT promotion.id, coalesce(listed.number, 0), coalesce(chosen.number, 0), %(at)s
    FROM promotions_personalizedpromotion AS promotion
    LEFT JOIN (
        SELECT promotion_id, count(*) AS number FROM (
            SELECT DISTINCT customer_id, promotion_id FROM promotions_listedproduct) AS list
        GROUP BY 1
    ) AS listed ON listed.promotion_id = promotion.id
    LEFT JOIN (
        SELECT promotion_id, count(*) AS number FROM (
            SELECT DISTINCT customer_id, promotion_id FROM promotions_listedproduct
            WHERE is_chosen) AS choice
        GROUP BY 1
    ) AS chosen ON chosen.promotion_id = promotion.id
    ORDER BY 1
    ON CONFLICT (promotion_id) DO UPDATE SET customers = excluded.customers,
        customers_who_chose = excluded.customers_who_chose, counted_at = excluded.counted_at
"""
