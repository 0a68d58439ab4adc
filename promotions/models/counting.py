"""In which counters uses of a discount are counted: said once, for claims, triggers and proofs."""

import pgtrigger

ALWAYS = "1900-01-01"
LIMITS = (
    *("most_uses", "budget", "most_a_day", "most_a_week", "most_a_month", "most_a_customer"),
    "time_zone",
)
"""The fields of a discount on which its counters depend."""


def counters(discount: str) -> str:
    """SQL of the counters (customer_id, period, since) of the row `use`; a sub-select.

    `discount` is the row of its discount. Who is not known (0) has no counters of their own.
    Weeks begin on Monday.
    """
    local = f"(use.at AT TIME ZONE {discount}.time_zone)"
    own = "\n".join(
        f"UNION ALL SELECT use.customer_id, '{period}', {since}"
        f" WHERE {discount}.{limit} IS NOT NULL AND use.customer_id <> 0"
        for period, limit, since in (
            ("ever", "most_a_customer", f"DATE '{ALWAYS}'"),
            ("month", "most_a_month", f"date_trunc('month', {local})::date"),
            ("week", "most_a_week", f"date_trunc('week', {local})::date"),
            ("day", "most_a_day", f"{local}::date"),
        )
    )
    return f"""(
        SELECT 0 AS customer_id, 'ever' AS period, DATE '{ALWAYS}' AS since
        WHERE {discount}.most_uses IS NOT NULL OR {discount}.budget IS NOT NULL
        {own}
    )"""


def counted(discount: str) -> str:
    """SQL of what the counters of a discount must be, all columns in the table's order."""
    return f"""
        SELECT counter.customer_id, use.discount_id, counter.period, counter.since,
            count(*) AS used, sum(use.amount - use.returned) AS spent
        FROM promotions_use AS use CROSS JOIN LATERAL {counters(discount)} AS counter
        WHERE use.discount_id = {discount}.id AND NOT use.is_given_back
        GROUP BY 1, 2, 3, 4
    """


def recounts_uses() -> tuple[pgtrigger.Trigger, ...]:
    """Count uses anew when discounts' limits change, however they do.

    Whoever claims or gives back holds the discounts' rows; the lock waits until they are through,
    and keeps others waiting until the new counters can be seen. It is taken once a statement, by
    id as they do: a statement comes by the rows in any order.
    """
    return (
        pgtrigger.Trigger(
            name="discount_recounts_uses",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            referencing=pgtrigger.Referencing(old="before", new="discount"),
            declare=[("limited", "int[]")],
            func=f"""
                SELECT array_agg(id) INTO limited FROM discount JOIN before USING (id)
                WHERE ({_limits("discount")}) IS DISTINCT FROM ({_limits("before")});
                PERFORM FROM promotions_discount WHERE id = ANY(limited) ORDER BY id FOR UPDATE;
                DELETE FROM promotions_usecounter WHERE discount_id = ANY(limited);
                INSERT INTO promotions_usecounter
                    (customer_id, discount_id, period, since, used, spent)
                SELECT counted.* FROM discount CROSS JOIN LATERAL ({counted("discount")}) AS counted
                WHERE discount.id = ANY(limited);
                RETURN NULL;
            """,
        ),
    )


def _limits(discount: str) -> str:
    return ", ".join(f"{discount}.{limit}" for limit in LIMITS)
