"""The best choice among those after whose line discounts the receipt is within a tier's bounds.

The best choice of all lies outside of them: some unit or line must go to a rule that saves less on
it, or to none. So every rule counts here, not only the best of its kind. Branch and bound: each
contest in all ways, then each line with each plain rule and with none (within.py), left when even
the least receipt that counts would leave no less to pay than the best by now.
"""

from collections.abc import Sequence
from typing import Final

from promotions.engine.choosing.contests import Contest, Counts, Left
from promotions.engine.choosing.goals import Goal, Value
from promotions.engine.choosing.prospects import Contender
from promotions.engine.choosing.search import with_more
from promotions.engine.choosing.settled import Settled, Takes
from promotions.engine.choosing.ways import Ways
from promotions.engine.choosing.within import Within
from promotions.engine.gains import Money
from promotions.engine.offers import Offer

STEPS: Final = 2_000
"""Ways of a contest, lines that are put in order for each of them, and ways of a line."""
Found = tuple[list[Settled], list[Takes]]


class Reaching:
    """A search of its own for one tier; `cost` is what the best choice by now leaves to pay."""

    def __init__(self, goal: Goal, tier: Offer, cost: int) -> None:
        self.goal = goal
        self.tier = tier
        self.ways = Ways(goal.board)
        self.contests: list[Contest] = []
        # Half a cent more, since what is scaled is not rounded.
        self.most: Money = (2 * cost + 1) * goal.of_cost // 2 if goal.by_line else cost
        self.best: Value | None = None
        self.found: Found | None = None
        self.steps = STEPS
        self.is_exact = True

    def run(self, takes: list[Takes], contests: Sequence[Contender] = ()) -> None:
        """Finds what is best when these are taken, and what the contests take besides; `is_exact`
        tells whether that is certain. Nothing is `found` that leaves more than the best by now."""
        self.contests = [each.contest for each in contests]
        self.steps = STEPS
        left = {row.place: row.count for row in self.goal.board.rows}
        self._fill(0, takes, left, dict(left))

    def is_over(self, steps: int = 1) -> bool:
        self.steps -= steps
        if self.steps < 0:
            self.is_exact = False
        return self.steps < 0

    def _fill(self, number: int, takes: list[Takes], left_one: Left, left_set: Left) -> None:
        if number == len(self.contests):
            if not self.is_over(len(takes)):
                Within(self, takes).run()
            return
        contest = self.contests[number]
        left = _left_for(contest, left_one, left_set)
        for uses in range(contest.most_uses(left), -1, -1):
            for counts in contest.fills(uses, left):
                if self.is_over():
                    return
                if counts is not None:
                    one = _less(left_one, counts) if contest.is_one_per_item else left_one
                    sets = _less(left_set, counts) if contest.is_set else left_set
                    self._fill(number + 1, _taken(takes, contest, counts), one, sets)

    def judge(self, chosen: list[Settled], takes: list[Takes], first: tuple[Money, int]) -> None:
        value = Value(self.goal, chosen, first)
        if self.best is None or value < self.best:
            self.best, self.most, self.found = value, first[0], (chosen, takes)


def _left_for(contest: Contest, left_one: Left, left_set: Left) -> Left:
    if not contest.is_set:
        return left_one
    if not contest.is_one_per_item:
        return left_set
    return {place: min(left, left_set[place]) for place, left in left_one.items()}


def _less(left: Left, counts: Counts) -> Left:
    return {place: units - sum(counts.get(place, ())) for place, units in left.items()}


def _taken(takes: list[Takes], contest: Contest, counts: Counts) -> list[Takes]:
    return [
        with_more(taken, (contest, *counts[place])) if place in counts else taken
        for place, taken in enumerate(takes)
    ]
