"""Moments at which a discount counts, and as many others with it as may be. Pure."""

import datetime as dt
from collections.abc import Iterable, Sequence

from promotions import engine
from promotions.engine.conditions import is_within

HOUR = dt.timedelta(hours=1)
A_WEEK_OF_HOURS = 7 * 24


def moments(rule: engine.Rule, others: Iterable[engine.Rule], at: dt.datetime) -> list[dt.datetime]:
    """One or two within the first week of the rule's window, from `at` on, in the zone of `at`.

    The first at which its hours hold, and that at which most other rules do.
    """
    first = max(at, rule.start.astimezone(at.tzinfo))
    own = _times(rule)
    hours = sorted(
        {first + number * HOUR for number in range(A_WEEK_OF_HOURS)} | _begins(own, first)
    )
    open_ = [hour for hour in hours if hour < rule.end and _holds(own, hour, rule.any_condition)]
    if not open_:
        return []
    sometimes = _that_come_or_go(others, hours)

    def company(hour: dt.datetime) -> int:
        return sum(
            other.start <= hour < other.end and _holds(times, hour, other.any_condition)
            for other, times in sometimes
        )

    return list(dict.fromkeys([open_[0], max(open_, key=company)]))


def _that_come_or_go(
    others: Iterable[engine.Rule], hours: Sequence[dt.datetime]
) -> list[tuple[engine.Rule, list[engine.Times]]]:
    """Without those that hold at all of these hours: they are the same company at each."""
    return [
        (other, times)
        for other in others
        if (times := _times(other)) or not other.start <= hours[0] <= hours[-1] < other.end
    ]


def _begins(times: Iterable[engine.Times], first: dt.datetime) -> set[dt.datetime]:
    """When these begin on each day from the first moment on: they may hold for minutes only."""
    clocks = {each.begin for each in times if each.begin}
    days = [first.date() + dt.timedelta(days=number) for number in range(8)]
    begins = {dt.datetime.combine(day, clock, first.tzinfo) for day in days for clock in clocks}
    return {begin for begin in begins if begin >= first}


def _times(rule: engine.Rule) -> list[engine.Times]:
    return [each for each in rule.conditions if isinstance(each, engine.Times)]


def _holds(times: Sequence[engine.Times], hour: dt.datetime, any_condition: bool) -> bool:
    """Where one condition is enough, another may hold in its place."""
    return any_condition or all(is_within(each, hour) for each in times)
