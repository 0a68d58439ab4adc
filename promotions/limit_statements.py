"""How uses of offers are counted, and taken back, in SQL: of any kind of offers, by its tables.

The order of locks that limits.py promises is the statements' own.
"""

from functools import cache

from promotions.models import EVERYBODY, counting
from promotions.models.counting import Tables

SHARE = "SELECT id FROM {offers} WHERE id = ANY(%(offers)s) ORDER BY id FOR KEY SHARE"
# Waits for another claim of the same purchase.
WRITE_USES = """
    INSERT INTO {uses} (customer_id, {column}, purchase, at, amount)
    SELECT %(customer)s, offer_id, %(purchase)s, %(at)s, amount
    FROM unnest(%(offers)s::int[], %(amounts)s::numeric[]) AS given (offer_id, amount)
    ORDER BY offer_id
    ON CONFLICT DO NOTHING RETURNING {column} -- the primary key may be the first to conflict
"""
COUNT = """
    INSERT INTO {counters} AS counter (customer_id, {column}, period, since, used, spent)
    SELECT counted.customer_id, offer.id, counted.period, counted.since, 1, use.amount
    FROM {uses} AS use JOIN {offers} AS offer ON offer.id = use.{column}
    CROSS JOIN LATERAL {its_counters} AS counted
    WHERE use.purchase = %(purchase)s AND use.{column} = ANY(%(claimed)s)
    ORDER BY 2, 1, 3
    ON CONFLICT (customer_id, {column}, period, since)
    DO UPDATE SET used = counter.used + 1, spent = counter.spent + EXCLUDED.spent
"""
EXCEEDED = """
    SELECT id, reached FROM (
        SELECT offer.id, CASE
            WHEN counted.customer_id = {everybody} AND counter.used > offer.most_uses
                THEN 'total'
            WHEN counted.customer_id = {everybody} AND counter.spent > offer.budget
                THEN 'budget'
            WHEN use.customer_id = {everybody} AND num_nonnulls(offer.most_a_day,
                offer.most_a_week, offer.most_a_month, offer.most_a_customer) > 0
                THEN 'unknown'
            WHEN counted.customer_id <> {everybody} AND counter.used > CASE counted.period
                WHEN 'day' THEN offer.most_a_day WHEN 'week' THEN offer.most_a_week
                WHEN 'month' THEN offer.most_a_month ELSE offer.most_a_customer END
                THEN counted.period
            END AS reached
        FROM {uses} AS use JOIN {offers} AS offer ON offer.id = use.{column}
        LEFT JOIN LATERAL {its_counters} AS counted ON true
        LEFT JOIN {counters} AS counter
            ON (counter.customer_id, counter.{column}, counter.period, counter.since)
            = (counted.customer_id, offer.id, counted.period, counted.since)
        WHERE use.purchase = %(purchase)s AND use.{column} = ANY(%(claimed)s)
    ) AS found WHERE reached IS NOT NULL ORDER BY id, reached LIMIT 1
"""

HOLD = """
    SELECT use.{column}, use.amount - use.returned
    FROM {uses} AS use JOIN {offers} AS offer ON offer.id = use.{column}
    WHERE use.purchase = %(purchase)s AND NOT use.is_given_back
    ORDER BY use.{column} FOR UPDATE OF use FOR KEY SHARE OF offer
"""
# `back` says what to take from the counters of each use.
UNCOUNT = """
    WITH change AS (
        SELECT counted.customer_id, offer.id AS {column}, counted.period, counted.since,
            back.used, back.spent
        FROM {uses} AS use JOIN {offers} AS offer ON offer.id = use.{column}
        JOIN unnest(%(offers)s::int[], %(used)s::int[], %(spent)s::numeric[])
            AS back (offer_id, used, spent) ON back.offer_id = offer.id
        CROSS JOIN LATERAL {its_counters} AS counted
        WHERE use.purchase = %(purchase)s
    ), held AS (
        SELECT counter.customer_id, counter.{column}, counter.period, counter.since
        FROM {counters} AS counter
        JOIN change USING (customer_id, {column}, period, since)
        ORDER BY 2, 1, 3 FOR UPDATE OF counter
    )
    UPDATE {counters} AS counter
    SET used = counter.used - change.used, spent = counter.spent - change.spent
    FROM change JOIN held USING (customer_id, {column}, period, since)
    WHERE (counter.customer_id, counter.{column}, counter.period, counter.since)
        = (held.customer_id, held.{column}, held.period, held.since)
"""
MARK = """
    UPDATE {uses} AS use
    SET is_given_back = use.is_given_back OR back.used > 0,
        returned = use.returned + CASE WHEN back.used > 0 THEN 0 ELSE back.spent END
    FROM unnest(%(offers)s::int[], %(used)s::int[], %(spent)s::numeric[])
        AS back (offer_id, used, spent)
    WHERE use.purchase = %(purchase)s AND use.{column} = back.offer_id
"""
FORGET = "DELETE FROM {uses} WHERE purchase = %(purchase)s"


@cache
def written(statement: str, tables: Tables) -> str:
    """The statement with the names of the tables in it."""
    return statement.format(
        **tables._asdict(), its_counters=counting.counters("offer"), everybody=EVERYBODY
    )
