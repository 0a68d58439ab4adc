"""The only writer of the ledger. It works on sets; one customer is a set of one.

What is to be written is a *plan*, a relation of (customer_id, entry_id, amount) in SQL: a table
that a job made, or a `Plan` of arrays. All of it is inside the caller's transaction.

Who takes from lots, or sets a balance, first holds the accounts and only then looks, in a later
statement, at the balances. Who only credits holds nothing: a new lot takes from nobody, and who
did not see it when they looked has simply been before it.
"""

import datetime as dt
from typing import Any

from django.db import connection

from loyalty.models import Purpose

ALIVE = "(lot.expires_at IS NULL OR lot.expires_at > %(at)s)"
PENDING = "lot.opens_at > %(at)s"
SPENDABLE = f"({ALIVE} AND ({PENDING}) IS NOT TRUE)"
DUE = "lot.expires_at <= %(at)s"  # never pending: lots open before they expire

SOONEST_FIRST = "lot.expires_at NULLS LAST, lot.entry_id"


def execute(sql: str, **values: Any) -> int:
    """How many rows the statement touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.rowcount


def fetch(sql: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall()


def hold_accounts(members: str, **values: Any) -> None:
    """Let nobody else take from these customers until the transaction ends. Two queries.

    `members` is a relation that has a customer_id. Always in the order of the ids, so that those
    who hold overlapping sets never wait for each other in a circle.
    """
    execute(
        f"INSERT INTO loyalty_account (customer_id) SELECT customer_id FROM {members}"
        " WHERE NOT EXISTS (SELECT FROM loyalty_account AS a"
        " WHERE a.customer_id = members.customer_id)"
        " ORDER BY customer_id ON CONFLICT DO NOTHING",
        **values,
    )
    execute(
        "SELECT count(*) FROM (SELECT FROM loyalty_account AS account"
        f" JOIN {members} USING (customer_id) ORDER BY account.customer_id"
        " FOR UPDATE OF account) AS held",
        **values,
    )


def write_entries(
    plan: str,
    *,
    purpose: Purpose,
    at: dt.datetime,
    batch: int | None = None,
    purchase: int | None = None,
    **values: Any,
) -> None:
    """An entry for every row of the plan."""
    execute(
        "INSERT INTO loyalty_entry (customer_id, id, batch_id, purchase_id, purpose, amount, at)"
        " SELECT customer_id, entry_id, %(batch)s, %(purchase)s, %(purpose)s, amount, %(at)s"
        f" FROM {plan}",
        purpose=purpose.value,
        at=at,
        batch=batch,
        purchase=purchase,
        **values,
    )


def open_lots(
    plan: str,
    *,
    expires_at: dt.datetime | None,
    opens_at: dt.datetime | None = None,
    **values: Any,
) -> None:
    """A lot for every credit of the plan. Until `opens_at` it is pending."""
    execute(
        "INSERT INTO loyalty_lot"
        " (customer_id, entry_id, amount, remaining, opens_at, expires_at)"
        " SELECT customer_id, entry_id, amount, amount,"
        " %(opens_at)s::timestamptz, %(expires_at)s::timestamptz"
        f" FROM {plan} WHERE amount > 0",
        opens_at=opens_at,
        expires_at=expires_at,
        **values,
    )


def use_lots(
    plan: str,
    *,
    at: dt.datetime,
    which: str = SPENDABLE,
    order: str = SOONEST_FIRST,
    **values: Any,
) -> None:
    """Take the debits of the plan from lots: oldest expiry first, those without last, then by age.

    The accounts are held and no debit is more than those lots have.
    """
    change_lots(TAKEN.format(plan=plan, which=which, order=order), at=at, **values)


def change_lots(uses: str, **values: Any) -> None:
    """Take from lots, or give back what is less than 0, and note it.

    `uses` is a query of (customer_id, entry_id, lot_id, amount) that names a lot once. The
    accounts are held.
    """
    execute(CHANGE_LOTS.format(uses=uses), **values)


# `earlier` is what the lots before this one in the line can give.
TAKEN = """
    WITH line AS (
        SELECT customer_id, plan.entry_id, lot.entry_id AS lot_id, lot.remaining,
            -plan.amount AS needed,
            sum(lot.remaining) OVER (
                PARTITION BY customer_id ORDER BY {order}
                ROWS UNBOUNDED PRECEDING
            ) - lot.remaining AS earlier
        FROM {plan} JOIN loyalty_lot AS lot USING (customer_id)
        WHERE plan.amount < 0 AND lot.remaining > 0 AND {which}
    )
    SELECT customer_id, entry_id, lot_id, LEAST(remaining, needed - earlier)
    FROM line WHERE earlier < needed
"""

CHANGE_LOTS = """
    WITH used AS (
        INSERT INTO loyalty_lotuse (customer_id, entry_id, lot_id, amount) {uses}
        RETURNING customer_id, lot_id, amount
    )
    UPDATE loyalty_lot AS lot SET remaining = lot.remaining - used.amount FROM used
    WHERE lot.customer_id = used.customer_id AND lot.entry_id = used.lot_id
"""
