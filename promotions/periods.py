"""The periods in which uses of an offer are counted, by the calendar of its zone."""

import datetime as dt
import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from promotions.models import counting
from promotions.models.limited import AbstractUseCounter, LimitedOffer

Period = AbstractUseCounter.Period
ALWAYS = dt.date.fromisoformat(counting.ALWAYS)
SINCE: Mapping[str, Callable[[dt.date], dt.date]] = {
    Period.DAY.value: lambda day: day,
    Period.WEEK.value: lambda day: day - dt.timedelta(days=day.weekday()),
    Period.MONTH.value: lambda day: day.replace(day=1),
    Period.EVER.value: lambda day: ALWAYS,
}
"""The first day of the period that a day is in; weeks begin on Monday, as ISO 8601 says."""
FIELDS = {
    Period.DAY.value: "most_a_day",
    Period.WEEK.value: "most_a_week",
    Period.MONTH.value: "most_a_month",
    Period.EVER.value: "most_a_customer",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What an offer may be used and give away at most; `a_customer` by period."""

    zone: zoneinfo.ZoneInfo
    total: int | None
    budget: Decimal | None
    a_customer: Mapping[str, int]

    @classmethod
    def of(cls, offer: LimitedOffer) -> Self:
        found = {period: getattr(offer, field) for period, field in FIELDS.items()}
        a_customer = {period: most for period, most in found.items() if most is not None}
        return cls(offer.zone, offer.most_uses, offer.budget, a_customer)

    @property
    def for_all(self) -> bool:
        """Whether all customers' uses together are limited."""
        return self.total is not None or self.budget is not None

    def __bool__(self) -> bool:
        return self.for_all or bool(self.a_customer)

    def day(self, at: dt.datetime) -> dt.date:
        return at.astimezone(self.zone).date()
