import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from customers.membership import members_of
from customers.models import CustomerGroup
from loyalty.members import relation
from loyalty.plans import CHANGES, balances_sql
from loyalty.posting import fetch


@dataclass(frozen=True)
class Preview:
    """What a batch would do if it were posted now."""

    members: int
    changed: int
    total: Decimal
    """Added in all; less than 0 if more would be taken."""
    before: Decimal
    after: Decimal
    to_zero: int
    """Members who have something now and would have nothing."""
    cut: int
    """Members from whom less than asked could be taken, because they have less."""


def preview(*, group: CustomerGroup, mode: str, amount: Decimal, at: dt.datetime) -> Preview:
    """What a group's batch would do, for an amount that `clean_amount` let pass. One query."""
    members = relation(members_of(group, at))
    (row,) = fetch(
        PREVIEW.format(change=CHANGES[mode], balances=balances_sql(members)),
        amount=amount,
        relative=mode == "relative",
        at=at,
    )
    return Preview(*row)


PREVIEW = """
    SELECT count(*), count(*) FILTER (WHERE change <> 0), coalesce(sum(change), 0),
        coalesce(sum(balance), 0), coalesce(sum(balance + change), 0),
        count(*) FILTER (WHERE balance > 0 AND balance + change = 0),
        count(*) FILTER (WHERE %(relative)s AND change > %(amount)s)
    FROM (SELECT balance, {change} AS change FROM ({balances}) AS balances) AS changes
"""
