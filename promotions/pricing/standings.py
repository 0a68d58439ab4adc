"""What is left of discounts' limits, as counters say it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from promotions.engine import Standing
from promotions.models import EVERYBODY, UseCounter
from promotions.periods import SINCE, Limits
from promotions.pricing.book import Key

Counted = Sequence[int | str]
"""Of a counter: customer, discount, period, since, used, spent."""
NOBODY_KNOWN = "unknown"
"""In place of a limit: it is a customer's own, and nobody knows who this is."""
Mine = Mapping[tuple[str, str], int]


def standings(
    limits: Mapping[int, Limits],
    counted: Iterable[Counted],
    customer_id: int | None,
    at: dt.datetime,
) -> dict[Key, Standing]:
    """One for each of the limited discounts. No query."""
    everybody: dict[int, tuple[int, Decimal]] = {}
    mine: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    for owner, discount, period, since, used, spent in counted:
        if owner != EVERYBODY:
            mine[int(discount)][str(period), str(since)] = int(used)
        elif period == UseCounter.Period.EVER:
            everybody[int(discount)] = int(used), Decimal(spent)
    return {
        ("discount", pk): _standing(
            each,
            everybody.get(pk, (0, Decimal(0))),
            None if customer_id is None else mine.get(pk, {}),
            at,
        )
        for pk, each in limits.items()
    }


def _standing(
    limits: Limits, everybody: tuple[int, Decimal], mine: Mine | None, at: dt.datetime
) -> Standing:
    used, spent = everybody
    budget = None if limits.budget is None else max(limits.budget - spent, Decimal(0))
    if limits.total is not None and used >= limits.total:
        return Standing("total", limits.total, budget)
    if limits.a_customer and mine is None:
        return Standing(NOBODY_KNOWN, 0, budget)
    if limits.a_customer and mine:
        day = limits.day(at)
        for period, most in limits.a_customer.items():
            if mine.get((period, SINCE[period](day).isoformat()), 0) >= most:
                return Standing(period, most, budget)
    return Standing(budget=budget)
