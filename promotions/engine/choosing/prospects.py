"""The most that so many applications of a contest could bring, whatever else is chosen."""

from typing import Final

from promotions.engine.choosing.contests import Contest, Counts
from promotions.engine.offers import Part

Margins = dict[int, tuple[int, int, int, int]]
"""By line, what a target wins at most and a trigger loses at least: of what is left to pay, and of
what one-per-item rules save."""
FEW: Final = 20
"""Uses of which each number is looked at by itself."""


def fewer(uses: int) -> int:
    """The next number of uses to look at, if so many bring too little.

    Beyond a few, fewer bring less yet: of a million units not each number is looked at.
    """
    return min(uses - 1, FEW)


class Prospect:
    """Of one set of a contest, apart from its other sets."""

    __slots__ = ("lost", "part", "won")

    def __init__(self, part: Part) -> None:
        self.part = part
        self.won: list[tuple[int, int]] = []
        self.lost: list[tuple[int, int]] = []

    def add(self, units: int, win: int, loss: int) -> None:
        """A line of so many units: what each wins as a target and loses as a trigger, at most and
        at least."""
        if self.part.targets:
            self.won.append((-win, units))
        if self.part.targets < self.part.required:
            self.lost.append((loss, units))

    def brings(self, uses: int) -> int:
        """By the best targets, no more of them than must be where they win nothing, and the
        cheapest triggers."""
        part = self.part
        total = 0
        if self.won:
            must = part.least if part.targets >= part.required else part.targets
            total -= _first(sorted(self.won), part.targets * uses, must * uses)
        if self.lost:
            triggers = (part.required - part.targets) * uses
            total -= _first(sorted(self.lost), triggers, triggers)
        return total


def _first(lines: list[tuple[int, int]], most: int, must: int) -> int:
    """The sum over the first units: those below zero up to the most, others up to what must be."""
    total = taken = 0
    for each, count in lines:
        units = min(count, (most if each < 0 else must) - taken)
        if units <= 0:
            break
        total += each * units
        taken += units
    return total


class Contender:
    """A contest with what it could bring: less to pay, and more that one-per-item rules save.

    `cost` and `saving` are the most of one application.
    """

    __slots__ = ("_known", "_prospects", "contest", "cost", "margins", "saving")

    def __init__(
        self,
        contest: Contest,
        for_cost: list[Prospect],
        for_saving: list[Prospect],
        margins: Margins,
    ) -> None:
        self.contest = contest
        self.margins = margins
        self._prospects = for_cost, for_saving
        self._known: dict[int, tuple[int, int]] = {0: (0, 0)}
        cost, saving = self.brings(1)
        self.cost, self.saving = max(cost, 0), max(saving, 0)

    def brings(self, uses: int) -> tuple[int, int]:
        """Less to pay and more saved by exactly so many uses, at most; may be below zero."""
        found = self._known.get(uses)
        if found is None:
            if uses > FEW:
                found = self.cost * uses, self.saving * uses
            else:
                cost, saving = self._prospects
                found = sum([p.brings(uses) for p in cost]), sum([p.brings(uses) for p in saving])
            self._known[uses] = found
        return found

    def brings_by(self, counts: Counts) -> tuple[int, int]:
        """Less to pay and more saved by these units, at most."""
        less = more = 0
        for place, (targets, triggers) in counts.items():
            win, loss, saves, loses = self.margins[place]
            less += targets * win - triggers * loss
            more += targets * saves - triggers * loses
        return less, more

    def at_most(self, uses: int) -> tuple[int, int]:
        """By up to so many."""
        if uses > FEW:
            return self.brings(uses)
        all_uses = [self.brings(number) for number in range(uses + 1)]
        return max([cost for cost, _ in all_uses]), max([saving for _, saving in all_uses])
