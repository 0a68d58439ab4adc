"""The end of lots whose time is over."""

import datetime as dt

from django.db import transaction

from loyalty.members import SOME
from loyalty.models import Purpose
from loyalty.plans import Plan, plan_sql
from loyalty.posting import DUE, fetch, hold_accounts, use_lots, write_entries

LOTS_AT_ONCE = 10_000


def expire_due(at: dt.datetime) -> int:
    """Take what has expired by `at`: one entry a customer; how many entries that were.

    Sets of some thousand customers, each in a transaction of its own, so that nobody at a till
    waits long and memory stays flat. To be run again at any time, also by two at once.
    """
    made = 0
    while customers := _customers_with_due_lots(at):
        made += _expire(customers, at)
    return made


def _customers_with_due_lots(at: dt.datetime) -> list[int]:
    return [
        number
        for (number,) in fetch(
            "SELECT DISTINCT customer_id FROM (SELECT lot.customer_id FROM loyalty_lot AS lot"
            f" WHERE lot.remaining > 0 AND {DUE} ORDER BY lot.expires_at LIMIT {LOTS_AT_ONCE})"
            " AS due ORDER BY 1",
            at=at,
        )
    ]


@transaction.atomic
def _expire(customers: list[int], at: dt.datetime) -> int:
    hold_accounts(SOME, customers=customers)
    planned = plan_sql(SOME, "-balance", DUE)
    rows = fetch(f"SELECT * FROM ({planned}) AS plan WHERE amount < 0", customers=customers, at=at)
    if rows:
        plan = Plan(*zip(*rows, strict=True))
        write_entries(plan.source, purpose=Purpose.EXPIRED, at=at, **plan.values)
        use_lots(plan.source, at=at, which=DUE, **plan.values)
    return len(rows)
