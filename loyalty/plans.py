"""What is to be written to the ledger: an entry for each of some customers, as relations in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from loyalty.models import SUM_DIGITS, Batch
from loyalty.posting import SPENDABLE, fetch

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

    @classmethod
    def of_one(cls, customer_id: int, entry_id: int, amount: Decimal) -> "Plan":
        return cls([customer_id], [entry_id], [amount])

    @property
    def values(self) -> dict[str, Any]:
        return {
            "customers": list(self.customers),
            "entries": list(self.entries),
            "amounts": list(self.amounts),
        }


def plan_for(customer_id: int, amount: Decimal) -> Plan:
    """A plan of one entry. One query."""
    ((entry_id,),) = fetch("SELECT nextval('loyalty_entry_number')")
    return Plan.of_one(customer_id, entry_id, amount)


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
