"""In which counters uses of an offer are counted: said once, for claims, triggers and proofs."""

from typing import NamedTuple

import pgtrigger

ALWAYS = "1900-01-01"
LIMITS = (
    *("most_uses", "budget", "most_a_day", "most_a_week", "most_a_month", "most_a_customer"),
    "time_zone",
)
"""The fields of an offer on which its counters depend."""


class Tables(NamedTuple):
    """Of one kind of offers, their uses and their counters; both name the offer in `column`."""

    offers: str
    uses: str
    counters: str
    column: str


DISCOUNTS = Tables("promotions_discount", "promotions_use", "promotions_usecounter", "discount_id")


def counters(offer: str) -> str:
    """SQL of the counters (customer_id, period, since) of the row `use`; a sub-select.

    `offer` is the row of its offer. Who is not known (0) has no counters of their own. Weeks begin
    on Monday.
    """
    local = f"(use.at AT TIME ZONE {offer}.time_zone)"
    own = "\n".join(
        f"UNION ALL SELECT use.customer_id, '{period}', {since}"
        f" WHERE {offer}.{limit} IS NOT NULL AND use.customer_id <> 0"
        for period, limit, since in (
            ("ever", "most_a_customer", f"DATE '{ALWAYS}'"),
            ("month", "most_a_month", f"date_trunc('month', {local})::date"),
            ("week", "most_a_week", f"date_trunc('week', {local})::date"),
            ("day", "most_a_day", f"{local}::date"),
        )
    )
    return f"""(
        SELECT 0 AS customer_id, 'ever' AS period, DATE '{ALWAYS}' AS since
        WHERE {offer}.most_uses IS NOT NULL OR {offer}.budget IS NOT NULL
        {own}
    )"""


def counted(offer: str, tables: Tables) -> str:
    """SQL of what the counters of an offer must be, all columns in the table's order."""
    return f"""
        SELECT counter.customer_id, use.{tables.column}, counter.period, counter.since,
            count(*) AS used, sum(use.amount - use.returned) AS spent
        FROM {tables.uses} AS use CROSS JOIN LATERAL {counters(offer)} AS counter
        WHERE use.{tables.column} = {offer}.id AND NOT use.is_given_back
        GROUP BY 1, 2, 3, 4
    """


def recounts_uses(
    offers: str, uses: str, counters: str, column: str
) -> tuple[pgtrigger.Trigger, ...]:
    """Count uses anew when offers' limits change, however they do; for the offers' model.

    Whoever claims or gives back holds the offers' rows; the lock waits until they are through,
    and keeps others waiting until the new counters can be seen. It is taken once a statement, by
    id as they do: a statement comes by the rows in any order.
    """
    tables = Tables(offers, uses, counters, column)
    return (
        pgtrigger.Trigger(
            name="recounts_uses",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            referencing=pgtrigger.Referencing(old="before", new="offer"),
            declare=[("limited", "int[]")],
            func=f"""
                SELECT array_agg(id) INTO limited FROM offer JOIN before USING (id)
                WHERE ({_limits("offer")}) IS DISTINCT FROM ({_limits("before")});
                PERFORM FROM {offers} WHERE id = ANY(limited) ORDER BY id FOR UPDATE;
                DELETE FROM {tables.counters} WHERE {column} = ANY(limited);
                INSERT INTO {tables.counters}
                    (customer_id, {column}, period, since, used, spent)
                SELECT counted.* FROM offer CROSS JOIN LATERAL ({counted("offer", tables)})
                    AS counted
                WHERE offer.id = ANY(limited);
                RETURN NULL;
            """,
        ),
    )


def _limits(offer: str) -> str:
    return ", ".join(f"{offer}.{limit}" for limit in LIMITS)
