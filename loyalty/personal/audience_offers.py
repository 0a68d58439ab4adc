"""Which offers to audiences are one shopper's: some dozens of thousands, without asking each.

Whoever is in the same groups and audiences has the same of them, as long as none begins or ends.
So nothing is done for each rule while a shopper waits: rules lie by whom they name, and what was
drawn for one shopper is kept for the next who belongs to the same. What differs between the two,
their answers and their limits, is not looked at here.
"""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from promotions.engine import Rule

Drawn = TypeVar("Drawn")
MOST_KEPT = 1000
"""Answers. Each is a reference for every offer in it."""


class AudienceOffers(Generic[Drawn]):
    """Of one book; threads share it."""

    def __init__(
        self, rules: Sequence[Rule], draw: Callable[[list[Rule]], tuple[Drawn, ...]]
    ) -> None:
        """`draw` makes of a shopper's rules what is kept."""
        self._draw = draw
        self._moments = sorted({moment for rule in rules for moment in (rule.start, rule.end)})
        self._of_all = [rule for rule in rules if not rule.groups and not rule.audiences]
        self._of_groups: dict[int, list[Rule]] = defaultdict(list)
        self._of_audiences: dict[int, list[Rule]] = defaultdict(list)
        for rule in rules:
            for group in rule.groups:
                self._of_groups[group].append(rule)
            for audience in rule.audiences:
                self._of_audiences[audience].append(rule)
        self._named = frozenset(self._of_groups), frozenset(self._of_audiences)
        self._kept: dict[object, tuple[Drawn, ...]] = {}

    def of(
        self,
        groups: frozenset[int],
        audiences: frozenset[int],
        at: dt.datetime,
        *,
        upcoming: bool = False,
    ) -> tuple[Drawn, ...]:
        """Of somebody known who is in these: all that is live, or not yet over."""
        groups, audiences = groups & self._named[0], audiences & self._named[1]
        key = (bisect_right(self._moments, at), groups, audiences, upcoming)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            theirs = self._rules(groups, audiences)
            found = self._kept[key] = self._draw(
                [each for each in theirs if at < each.end and (upcoming or each.start <= at)]
            )
        return found

    def next_moment(self, at: dt.datetime) -> dt.datetime | None:
        """At which any of the offers begins or ends after `at`, whoever has it."""
        place = bisect_right(self._moments, at)
        return self._moments[place] if place < len(self._moments) else None

    def _rules(self, groups: frozenset[int], audiences: frozenset[int]) -> Iterable[Rule]:
        """Each once, whatever brings the shopper to it."""
        named = [rule for pk in groups for rule in self._of_groups[pk]]
        named += [rule for pk in audiences for rule in self._of_audiences[pk]]
        return {rule.id: rule for rule in (*self._of_all, *named)}.values()
