"""What is left of discounts' limits, as counters say it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from promotions.engine import Standing
from promotions.models import EVERYBODY
from promotions.periods import SINCE, Limits

Key = tuple[str, int]
Counted = Sequence[int | str]
"""Of a counter: customer, discount, period, since, used, spent."""
NOBODY_KNOWN = "unknown"
"""In place of a limit: it is a customer's own, and nobody knows who this is."""
Mine = Mapping[tuple[str, str], int]
UNUSED = (0, Decimal(0))


@dataclass(frozen=True)
class Fresh:
    """How discounts with limits stand that nobody has used yet, for somebody known and not."""

    known: Mapping[Key, Standing]
    unknown: Mapping[Key, Standing]

    @classmethod
    def of(cls, limits: Mapping[int, Limits]) -> Self:
        kinds: tuple[Mine | None, ...] = ({}, None)
        return cls(
            *(
                {
                    ("discount", pk): _standing(each, UNUSED, mine, None)
                    for pk, each in limits.items()
                }
                for mine in kinds
            )
        )


def standings(
    limits: Mapping[int, Limits],
    fresh: Fresh,
    counted: Iterable[Counted],
    customer_id: int | None,
    at: dt.datetime,
) -> Mapping[Key, Standing]:
    """One for each of the limited discounts. No query."""
    everybody: dict[int, tuple[int, Decimal]] = {}
    mine: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    for owner, discount, period, since, used, spent in counted:
        if owner != EVERYBODY:
            mine[int(discount)][str(period), str(since)] = int(used)
        else:
            everybody[int(discount)] = int(used), Decimal(spent)
    is_known = customer_id is not None
    used_up = {
        ("discount", pk): _standing(
            limits[pk], everybody.get(pk, UNUSED), mine.get(pk, {}) if is_known else None, at
        )
        for pk in {*everybody, *mine}
    }
    return {**(fresh.known if is_known else fresh.unknown), **used_up}


def _standing(
    limits: Limits, everybody: tuple[int, Decimal], mine: Mine | None, at: dt.datetime | None
) -> Standing:
    used, spent = everybody
    budget = None if limits.budget is None else max(limits.budget - spent, Decimal(0))
    if limits.total is not None and used >= limits.total:
        return Standing("total", limits.total, budget)
    if limits.a_customer and mine is None:
        return Standing(NOBODY_KNOWN, 0, budget)
    if limits.a_customer and mine and at:
        day = limits.day(at)
        for period, most in limits.a_customer.items():
            if mine.get((period, SINCE[period](day).isoformat()), 0) >= most:
                return Standing(period, most, budget)
    return Standing(budget=budget)
