"""The only writer of the ledger. It works on sets; one customer is a set of one.

What is to be written is a *plan*, a relation of (customer_id, entry_id, amount) in SQL: a table
that a job made, or a `Plan` of arrays. All of it is inside the caller's transaction.

Who takes from lots, or sets a balance, first holds the accounts and only then looks, in a later
statement, at the balances. Who only credits holds nothing: a new lot takes from nobody, and who
did not see it when they looked has simply been before it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from loyalty.models import SUM_DIGITS, Batch, Purpose

SPENDABLE = "(lot.expires_at IS NULL OR lot.expires_at > %(at)s)"
DUE = "lot.expires_at <= %(at)s"

# What an account changes by, in terms of its `balance` and the `amount` that was asked for.
CHANGES: dict[str, str] = {
    Batch.Mode.RELATIVE: f"GREATEST(%(amount)s, -balance)::numeric({SUM_DIGITS}, 2)",
    Batch.Mode.ABSOLUTE: f"(%(amount)s - balance)::numeric({SUM_DIGITS}, 2)",
}


@dataclass(frozen=True)
class Plan:
    """A plan for a handful of customers, as parameters."""

    customers: Sequence[int]
    entries: Sequence[int]
    amounts: Sequence[Decimal]

    source = (
        "unnest(%(customers)s::int[], %(entries)s::bigint[], %(amounts)s::numeric[])"
        " AS plan (customer_id, entry_id, amount)"
    )

    @property
    def values(self) -> dict[str, Any]:
        return {
            "customers": list(self.customers),
            "entries": list(self.entries),
            "amounts": list(self.amounts),
        }


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


def balances_sql(members: str, which: str = SPENDABLE) -> str:
    """A query of (customer_id, balance) with a row for every member. Needs the value `at`."""
    return (
        "SELECT members.customer_id, coalesce(sum(lot.remaining), 0) AS balance"
        f" FROM {members} LEFT JOIN loyalty_lot AS lot"
        f" ON lot.customer_id = members.customer_id AND lot.remaining > 0 AND {which}"
        " GROUP BY members.customer_id"
    )


def plan_sql(members: str, change: str, which: str = SPENDABLE) -> str:
    """A query that is a plan: an entry for every member, numbered in the order of their ids."""
    return (
        "SELECT customer_id, nextval('loyalty_entry_number') AS entry_id, amount FROM ("
        f"SELECT customer_id, {change} AS amount"
        f" FROM ({balances_sql(members, which)}) AS balances ORDER BY customer_id) AS changes"
    )


def flat_plan_sql(members: str, amount: Decimal) -> str:
    """The same for as much for everybody. `members` is a query of customer_id, in order."""
    return (
        "SELECT customer_id, nextval('loyalty_entry_number') AS entry_id,"
        f" {amount}::numeric(16, 2) AS amount FROM ({members}) AS members"
    )


def write_entries(
    plan: str, *, purpose: Purpose, at: dt.datetime, batch: int | None, **values: Any
) -> None:
    """An entry for every row of the plan."""
    execute(
        "INSERT INTO loyalty_entry (customer_id, id, batch_id, purpose, amount, at)"
        f" SELECT customer_id, entry_id, %(batch)s, %(purpose)s, amount, %(at)s FROM {plan}",
        purpose=purpose.value,
        at=at,
        batch=batch,
        **values,
    )


def open_lots(plan: str, *, expires_at: dt.datetime | None, **values: Any) -> None:
    """A lot for every credit of the plan."""
    execute(
        "INSERT INTO loyalty_lot (customer_id, entry_id, amount, remaining, expires_at)"
        " SELECT customer_id, entry_id, amount, amount, %(expires_at)s::timestamptz"
        f" FROM {plan} WHERE amount > 0",
        expires_at=expires_at,
        **values,
    )


def use_lots(plan: str, *, at: dt.datetime, which: str = SPENDABLE, **values: Any) -> None:
    """Take the debits of the plan from lots: oldest expiry first, those without last, then by age.

    The accounts are held and no debit is more than the balance.
    """
    change_lots(TAKEN.format(plan=plan, which=which), at=at, **values)


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
                PARTITION BY customer_id ORDER BY lot.expires_at NULLS LAST, lot.entry_id
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
