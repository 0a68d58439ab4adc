"""A contest that shares its lines with no other: most are, and need no search that goes back.

Every way of it is judged by what it changes on its own lines. None is ever undone, so that nothing
has to be remembered but the best.
"""

from typing import Final

from promotions.engine.choosing.contests import Counts
from promotions.engine.choosing.goals import Goal, Value
from promotions.engine.choosing.prospects import Contender, fewer
from promotions.engine.choosing.settled import Settled, Takes
from promotions.engine.gains import Money

STEPS: Final = 100
"""Ways that are tried; of more a search, which has a good one before it tries all."""
Change = tuple[Money, int]
"""More to pay, and less saved by one-per-item rules, than without it."""


class Lone:
    """The best way of one contest, where each line can be judged by itself."""

    def __init__(self, goal: Goal, each: Contender) -> None:
        self.goal = goal
        self.each = each
        self.places = sorted(each.contest.places)
        self.now = {place: goal.line(place) for place in self.places}
        # What is as good could only differ in which rule saves it: another here, or the receipt's.
        self.has_ties = goal.receipt is not None or any(
            settled.shares for settled in self.now.values()
        )
        self.best: Change = (0, 0)
        self.counts: Counts = {}
        self.value: Value | None = None
        self.seen: set[tuple[tuple[int, int], ...]] = set()

    def run(self) -> dict[int, Takes] | None:
        """What is taken of each line; None if there are too many ways."""
        contest, steps = self.each.contest, STEPS
        left = {place: self.goal.board.rows[place].count for place in self.places}
        uses = contest.most_uses(left)
        while uses > 0:
            if self._is_worse(self.each.brings(uses)):
                uses = fewer(uses)
                continue
            for counts in contest.fills(uses, left):
                steps -= 1
                if steps < 0:
                    return None
                if counts is None or self._is_worse(self.each.brings_by(counts)):
                    continue
                if contest.is_one_per_item or self._is_new(counts):
                    self._judge(counts)
            uses -= 1
        return {place: self._takes(self.counts, place) for place in self.places}

    def _is_worse(self, brings: tuple[int, int]) -> bool:
        """Whether what brings so much at most can't be better than the best by now."""
        could = -brings[0] * self.goal.of_cost, -brings[1]
        return could > self.best or (could == self.best and not self.has_ties)

    def _judge(self, counts: Counts) -> None:
        goal, now = self.goal, self.now
        cost: Money = 0
        saved = 0
        for place in counts:
            before, after = now[place], goal.line(place, self._takes(counts, place))
            cost += goal.scaled(after) - goal.scaled(before)
            saved += after.saved - before.saved
        change = cost, -saved
        if change > self.best or (change == self.best and not self.has_ties):
            return
        value = None
        if change == self.best:
            value = self._value(counts)
            self.value = self.value or self._value(self.counts)
            if not value < self.value:
                return
        self.best, self.counts, self.value = change, counts, value

    def _is_new(self, counts: Counts) -> bool:
        """Triggers of a combining set change nothing: of ways with the same targets one is enough.

        Other sets could want the units, but there is none.
        """
        targets = tuple(sorted([(place, one[0]) for place, one in counts.items() if one[0]]))
        if targets in self.seen:
            return False
        self.seen.add(targets)
        return True

    def _takes(self, counts: Counts, place: int) -> Takes:
        return ((self.each.contest, *counts[place]),) if place in counts else ()

    def _value(self, counts: Counts) -> Value:
        """To tell by rule what saves the same."""
        lines: list[Settled] = [
            self.goal.line(place, self._takes(counts, place)) for place in self.places
        ]
        return Value(self.goal, lines, (0, 0))
