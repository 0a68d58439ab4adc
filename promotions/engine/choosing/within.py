"""The lines of a receipt that is to be within a tier's bounds, when contests have taken theirs."""

from typing import TYPE_CHECKING, Final

from promotions.engine.choosing.settled import Settled, Takes
from promotions.engine.gains import Money

if TYPE_CHECKING:
    from promotions.engine.choosing.reaching import Reaching

MANY: Final = 60
"""Lines that are searched; more keep what is best for each of them."""
Line = tuple[int, list[Settled]]
"""The place of a line, and all ways in which it can be settled."""
Sums = tuple[int, Money, Money, int]
"""Of lines: cost, cost scaled by the goal, what is free in them, what one-per-item rules save."""
NOTHING: Final[Sums] = (0, 0, 0, 0)


class Within:
    """Each line in all ways, the one with most between them first."""

    def __init__(self, search: "Reaching", takes: list[Takes]) -> None:
        self.search = search
        self.goal = search.goal
        self.takes = takes
        lines = [(place, search.ways.of_line(place, taken)) for place, taken in enumerate(takes)]
        self.chosen: dict[int, Settled] = {}
        open_lines = sorted([line for line in lines if len(line[1]) > 1], key=_spread, reverse=True)
        self.lines: list[Line] = [
            (p, sorted(w, key=self._best_first)) for p, w in open_lines[:MANY]
        ]
        self.first = self._settled([line for line in lines if len(line[1]) == 1], open_lines[MANY:])
        self.lowest, self.highest = [NOTHING], [NOTHING]
        for _, ways in reversed(self.lines):
            low, high = _bounds([self._sums(way) for way in ways])
            self.lowest.append(_added(self.lowest[-1], low))
            self.highest.append(_added(self.highest[-1], high))
        self.lowest.reverse()
        self.highest.reverse()

    def _settled(self, lone: list[Line], surplus: list[Line]) -> Sums:
        """What lines come to that are not searched, of which a surplus is settled for the best."""
        sums = NOTHING
        self.search.is_exact &= not surplus
        for place, ways in lone + surplus:
            self.chosen[place] = min(ways, key=self._best_first)
            sums = _added(sums, self._sums(self.chosen[place]))
        return sums

    def _best_first(self, way: Settled) -> tuple[Money, int]:
        return self.goal.scaled(way), -way.saved

    def run(self) -> None:
        self._further(0, self.first)

    def _further(self, number: int, sums: Sums) -> None:
        if self._is_hopeless(number, sums):
            return
        if number == len(self.lines):
            self._judge(sums)
            return
        place, ways = self.lines[number]
        for way in ways:
            if self.search.is_over():
                return
            self.chosen[place] = way
            self._further(number + 1, _added(sums, self._sums(way)))

    def _is_hopeless(self, number: int, sums: Sums) -> bool:
        tier, low, high = self.search.tier, self.lowest[number], self.highest[number]
        if sums[0] + high[0] < tier.least or sums[0] + low[0] >= tier.below:
            return True
        least = self._left(max(sums[0] + low[0], tier.least), sums[2] + high[2])
        if self.goal.by_line:
            least = max(least, sums[1] + low[1])
        if least != self.search.most or self.search.best is None:
            return least > self.search.most
        return -sums[3] - high[3] > self.search.best.first[1]

    def _left(self, cost: int, free: Money) -> Money:
        """What is to pay of a receipt, of which so much has no one-per-item rule."""
        goal = self.goal
        free = min(free, cost)
        if goal.by_line:
            return cost * goal.of_cost - free * goal.of_free
        return cost - goal.board.gains.on_receipt(self.search.tier, free)

    def _judge(self, sums: Sums) -> None:
        chosen = [self.chosen[place] for place in range(len(self.takes))]
        left = sums[1] if self.goal.by_line else self._left(sums[0], sums[2])
        self.search.judge(chosen, self.takes, (left, -sums[3]))

    def _sums(self, settled: Settled) -> Sums:
        return settled.cost, self.goal.scaled(settled), settled.free, settled.saved


def _spread(line: Line) -> int:
    costs = [way.cost for way in line[1]]
    return max(costs) - min(costs)


def _added(one: Sums, other: Sums) -> Sums:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3]


def _bounds(sums: list[Sums]) -> tuple[Sums, Sums]:
    """The least and the most of each."""
    costs, saved = [each[0] for each in sums], [each[3] for each in sums]
    scaled, free = [each[1] for each in sums], [each[2] for each in sums]
    low = min(costs), min(scaled), min(free), min(saved)
    return low, (max(costs), max(scaled), max(free), max(saved))
