"""The best assignment of units to offers that compete for them.

Contests that share lines are searched together, others apart. First a greedy choice: the
application that brings most, again and again. Then branch and bound over the contests, the
strongest first, each in all ways that it can be filled, left when what is left to pay could not
become less than the best by all that the contests still to come could bring at most.

**The bound.** The search ends after so many steps (`STEPS`); what it found by then is never worse
than the greedy choice. Where plain offers give each unit of a line the same, nothing combines, and
the sets of a rule don't share goods, an application takes at most k units, so that it and the rule
stand in the way of at most k + 1 applications of the best assignment, none of which brings more:
then the greedy choice brings at least one part in k + 1 of what the best one brings on top of plain
offers, but for a cent of rounding for each rule and line. In any case it is never worse than plain
offers alone. Of more contests than `MANY` (choice.py) only the strongest are searched; the share
is then of what those can bring.
"""

from typing import Final

from promotions.engine.choosing.applications import choose_greedily
from promotions.engine.choosing.contests import Contest, Counts, Left
from promotions.engine.choosing.goals import Goal, Value
from promotions.engine.choosing.prospects import Contender, fewer
from promotions.engine.choosing.settled import Settled, Take, Takes
from promotions.engine.gains import Money

STEPS: Final = 100
"""Ways of a contest, and combining offers tried on its lines."""
STEPS_OF_FEW: Final = 5_000
FEW: Final = 4
FEW_UNITS: Final = 12
"""Contests, and units that they compete for; of so few, all ways can be tried."""
Undo = tuple[Money, int, list[tuple[int, Takes, Settled]]]


class Search:
    """Over contests that share lines with each other."""

    def __init__(self, goal: Goal, contenders: list[Contender], steps: int | None = None) -> None:
        self.goal = goal
        self.contenders = sorted(contenders, key=_strongest)
        self.is_exact = True
        rows = goal.board.rows
        own = {place for each in contenders for place in each.contest.places}
        places = sorted(own) if goal.by_line else list(range(len(rows)))
        self.left_one: Left = {place: rows[place].count for place in places}
        few = len(contenders) <= FEW and sum([rows[p].count for p in own]) <= FEW_UNITS
        self.steps = steps or (STEPS_OF_FEW if few else STEPS)
        self.left_set: Left = dict(self.left_one)
        self.takes: dict[int, Takes] = dict.fromkeys(places, ())
        self.now: dict[int, Settled] = {place: goal.line(place) for place in places}
        self.cost = sum([goal.scaled(settled) for settled in self.now.values()])
        self.saved = sum([settled.saved for settled in self.now.values()])
        combining = goal.board.combining
        self.weights = {p: len(combining[p]) if combining else 0 for p in places}
        # What is as good could only differ in which rule saves it: another here, or the receipt's.
        is_untouched = goal.receipt is None and all(not now.shares for now in self.now.values())
        self.is_lone = len(contenders) == 1 and is_untouched
        self.best: Value | None = None
        self.found: dict[int, Takes] = {}
        self.to_come = _sums(self.contenders, self.left_one, goal.of_cost)

    def run(self) -> dict[int, Takes]:
        """What is taken of each line; `is_exact` tells whether that is the best."""
        self._judge()
        self._choose_greedily()
        self._descend(0)
        return self.found

    def _choose_greedily(self) -> None:
        steps = self.steps
        applied = choose_greedily(self)
        if applied:
            self._judge()
        for application, undo in reversed(applied):
            self.take_back(*application, undo)
        self.steps = steps

    def _descend(self, number: int) -> None:
        if number == len(self.contenders):
            self._judge()
            return
        each = self.contenders[number]
        left = self.left_for(each.contest)
        uses = each.contest.most_uses(left)
        while uses >= 0:
            # Fewer may bring more: what must be taken can cost more than it brings.
            if self._is_hopeless(number + 1, each.brings(uses)):
                uses = fewer(uses)
                continue
            for counts in each.contest.fills(uses, left):
                self.steps -= 1
                if self.steps < 0:
                    self.is_exact = False
                    return
                if counts is None or self._is_hopeless(number + 1, each.brings_by(counts)):
                    continue
                undo = self.put(each.contest, counts)
                self._descend(number + 1)
                self.take_back(each.contest, counts, undo)
            uses -= 1

    def _is_hopeless(self, number: int, brings: tuple[int, int]) -> bool:
        """Whether what brings so much and the contests to come can't be as good as the best."""
        assert self.best is not None  # noqa: S101
        less, more = brings
        to_come, saving = self.to_come[number]
        cost = self.cost - to_come - less * self.goal.of_cost - self.goal.slack
        best = (cost, -self.saved - saving - more)
        return best > self.best.first or (self.is_lone and best == self.best.first)

    def _judge(self) -> None:
        takes = self.takes
        if self.goal.by_line:
            value = Value(self.goal, list(self.now.values()), (self.cost, -self.saved))
        else:
            chosen, is_certain = self.goal.all_lines([takes[place] for place in sorted(takes)])
            self.is_exact &= is_certain
            value = self.goal.value(chosen)
        if self.best is None or value < self.best:
            self.best, self.found = value, dict(takes)

    def left_for(self, contest: Contest) -> Left:
        if not contest.is_set:
            return {place: self.left_one[place] for place in contest.places}
        if not contest.is_one_per_item:
            return {place: self.left_set[place] for place in contest.places}
        return {place: min(self.left_one[place], self.left_set[place]) for place in contest.places}

    def put(self, contest: Contest, counts: Counts) -> Undo:
        """Applies the contest to these units; returns what `take_back` needs."""
        undo = self.cost, self.saved, [(p, self.takes[p], self.now[p]) for p in counts]
        for place, (targets, triggers) in counts.items():
            units = targets + triggers
            if contest.is_one_per_item:
                self.left_one[place] -= units
            if contest.is_set:
                self.left_set[place] -= units
            self.steps -= self.weights[place]
            takes = with_more(self.takes[place], (contest, targets, triggers))
            before, after = self.now[place], self.goal.line(place, takes)
            self.takes[place], self.now[place] = takes, after
            self.cost += self.goal.scaled(after) - self.goal.scaled(before)
            self.saved += after.saved - before.saved
        return undo

    def take_back(self, contest: Contest, counts: Counts, undo: Undo) -> None:
        self.cost, self.saved, lines = undo
        for place, takes, settled in lines:
            self.takes[place], self.now[place] = takes, settled
            targets, triggers = counts[place]
            units = targets + triggers
            if contest.is_one_per_item:
                self.left_one[place] += units
            if contest.is_set:
                self.left_set[place] += units


def with_more(takes: Takes, more: Take) -> Takes:
    """A contest that was applied to the line before takes more of it."""
    for number, take in enumerate(takes):
        if take[0] is more[0]:
            merged = more[0], take[1] + more[1], take[2] + more[2]
            return (*takes[:number], merged, *takes[number + 1 :])
    return (*takes, more)


def _strongest(each: Contender) -> tuple[int, int, int]:
    return -each.cost, -each.saving, each.contest.offer.rank


def _sums(contenders: list[Contender], left: Left, scale: int) -> list[tuple[int, int]]:
    """The most that each contest and those after it could bring, and nothing after the last."""
    sums = [(0, 0)]
    for each in reversed(contenders):
        uses = each.contest.most_uses(left)
        cost, saving = each.at_most(uses)
        sums.append((sums[-1][0] + cost * scale, sums[-1][1] + saving))
    return sums[::-1]


def components(contenders: list[Contender]) -> list[list[Contender]]:
    """Those that share lines, directly or through others, together; in order."""
    found: list[tuple[set[int], list[Contender]]] = []
    for each in contenders:
        places, together = set(each.contest.places), [each]
        apart = []
        for others in found:
            if places.isdisjoint(others[0]):
                apart.append(others)
            else:
                places |= others[0]
                together = others[1] + together
        found = [*apart, (places, together)]
    return [together for _, together in found]
