"""What is left of offers' limits, as counters say it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from promotions.engine import Standing
from promotions.models import EVERYBODY
from promotions.periods import SINCE, Limits
from promotions.pricing.sources import Key

Counted = Sequence[int | str]
"""Of a counter: customer, offer, period, since, used, spent."""
NOBODY_KNOWN = "unknown"
"""In place of a limit: it is a customer's own, and nobody knows who this is."""
Mine = Mapping[tuple[str, str], int]
UNUSED = (0, Decimal(0))


@dataclass(frozen=True)
class Fresh:
    """How offers with limits stand that nobody has used yet, for somebody known and not."""

    known: Mapping[Key, Standing]
    unknown: Mapping[Key, Standing]

    @classmethod
    def of(cls, limits: Mapping[Key, Limits]) -> Self:
        kinds: tuple[Mine | None, ...] = ({}, None)
        return cls(
            *(
                {key: _standing(each, UNUSED, mine, None) for key, each in limits.items()}
                for mine in kinds
            )
        )


def standings(
    limits: Mapping[Key, Limits],
    fresh: Fresh,
    counted: Mapping[str, Iterable[Counted]],
    customer_id: int | None,
    at: dt.datetime,
) -> Mapping[Key, Standing]:
    """One for each of the limited offers, of counters by the offers' origin. No query."""
    unused = fresh.unknown if customer_id is None else fresh.known
    return {**unused, **used(limits, counted, customer_id, at)}


def used(
    limits: Mapping[Key, Limits],
    counted: Mapping[str, Iterable[Counted]],
    customer_id: int | None,
    at: dt.datetime,
) -> dict[Key, Standing]:
    """Only of offers that have counters; the others are as they began."""
    everybody: dict[Key, tuple[int, Decimal]] = {}
    mine: dict[Key, dict[tuple[str, str], int]] = defaultdict(dict)
    for origin, counters in counted.items():
        for owner, offer, period, since, used, spent in counters:
            if owner != EVERYBODY:
                mine[origin, int(offer)][str(period), str(since)] = int(used)
            else:
                everybody[origin, int(offer)] = int(used), Decimal(spent)
    is_known = customer_id is not None
    return {
        key: _standing(
            limits[key], everybody.get(key, UNUSED), mine.get(key, {}) if is_known else None, at
        )
        for key in {*everybody, *mine}
    }


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
