"""A customer's own view of their cashback: what there is, goes and comes, and what happened."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from loyalty.ledger import NextExpiry, Pending, balance_of, history, next_expiry, pending_of

ENTRIES_A_PAGE = 20


@dataclass(frozen=True)
class Statement:
    """`entries` are the latest first; `older` is what to ask for to see those before them."""

    at: dt.datetime
    balance: Decimal
    expires: NextExpiry | None
    pending: Pending | None
    entries: list[Any]
    older: int | None


def statement_of(
    customer_id: int, *, at: dt.datetime, before: int | None = None, changes_only: bool = True
) -> Statement:
    """Four queries. `before` is the number of the entry that the page before ended with.

    With `changes_only`, entries of 0 are left out: for customers, a deduction from an empty
    account is no news.
    """
    found = history(customer_id)
    if changes_only:
        found = found.exclude(amount=0)
    if before is not None:
        found = found.filter(id__lt=before)
    entries = list(found[: ENTRIES_A_PAGE + 1])
    shown = entries[:ENTRIES_A_PAGE]
    return Statement(
        at=at,
        balance=balance_of(customer_id, at=at),
        expires=next_expiry(customer_id, at=at),
        pending=pending_of(customer_id, at=at),
        entries=shown,
        older=shown[-1].id if len(entries) > len(shown) else None,
    )
