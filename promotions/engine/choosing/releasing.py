"""Which lines go without their plain offer for an amount off, or a fixed price of, the receipt.

Such a receipt rule gives the same however the lines that it covers are chosen, as soon as they
cost enough. A line that is released to it loses what its plain offer saved. All ways are tried as
long as there are few; a way is left when even all that the receipt rule gives would not make it
as good as the best.
"""

from typing import TYPE_CHECKING

from promotions.engine.choosing.settled import Settled, Takes
from promotions.engine.gains import Money

if TYPE_CHECKING:
    from promotions.engine.choosing.goals import Goal


def release(goal: "Goal", takes: list[Takes]) -> tuple[list[Settled], bool]:
    """How each line is settled for the least to pay; False if not all ways were tried."""
    search = _Release(goal, takes)
    is_certain = search.further(0, (), search.first)
    return search.chosen(search.best), is_certain


Way = tuple[int, ...]
"""Places of the lines that are released."""
Sums = tuple[int, Money, int]
"""Of all lines: cost, what is free in them, and what one-per-item rules save on them."""


class _Release:
    def __init__(self, goal: "Goal", takes: list[Takes]) -> None:
        board = goal.board
        self.goal = goal
        self.held = [board.settle(place, taken) for place, taken in enumerate(takes)]
        self.bare = {
            place: board.settle(place, takes[place], bare=True)
            for place, settled in enumerate(self.held)
            if settled.plain is not None
        }
        self.first: Sums = (
            sum([settled.cost for settled in self.held]),
            sum([settled.free for settled in self.held]),
            sum([settled.saved for settled in self.held]),
        )
        self.best: Way = ()
        self.least = self._value(self.first)
        free = self.first[1] + sum([b.free - self.held[p].free for p, b in self.bare.items()])
        self.most = self._given(free)
        self.changes = {place: self._change(place) for place in self.bare}
        self.order = sorted(self.bare, key=self._loss)

    def further(self, first: int, way: Way, sums: Sums) -> bool:
        """With more lines released, those that lose least for what they bring first."""
        for number in range(first, len(self.order)):
            place = self.order[number]
            held, bare = self.held[place], self.bare[place]
            cost = sums[0] + bare.cost - held.cost
            missing = self.most - self._given(sums[1])
            # What the receipt rule gives more costs the lines that follow at least as much.
            lost, brought = self.changes[place]
            if (sums[0] - self.most - self.least[0]) * brought + missing * lost > 0:
                return True
            if cost - self.most > self.least[0]:
                continue
            self.goal.ways -= 1
            if self.goal.ways < 0:
                return False
            more = cost, sums[1] + bare.free - held.free, sums[2] + bare.saved - held.saved
            longer = (*way, place)
            self._judge(longer, more)
            # Once nothing is missing, another line could only lose.
            if self._given(more[1]) < self.most and not self.further(number + 1, longer, more):
                return False
        return True

    def _judge(self, way: Way, sums: Sums) -> None:
        value = self._value(sums)
        if value < self.least or (value == self.least and self._is_earlier(way)):
            self.best, self.least = way, value

    def _is_earlier(self, way: Way) -> bool:
        goal = self.goal
        return goal.value(self.chosen(way)) < goal.value(self.chosen(self.best))

    def _value(self, sums: Sums) -> tuple[int, int]:
        return sums[0] - self._given(sums[1]), -sums[2]

    def _given(self, free: Money) -> int:
        receipt = self.goal.receipt
        return 0 if receipt is None else self.goal.board.gains.on_receipt(receipt, free)

    def chosen(self, way: Way) -> list[Settled]:
        return [self.bare[p] if p in way else settled for p, settled in enumerate(self.held)]

    def _change(self, place: int) -> tuple[int, Money]:
        """What a line loses if it is released, and what the receipt rule can give more for that.

        Of a discount a cent for each that the line costs then; of points all that it gives at all.
        """
        held, bare = self.held[place], self.bare[place]
        gives_by_cent = self.goal.board.gains.are_of_price
        return bare.cost - held.cost, max(bare.free - held.free if gives_by_cent else self.most, 1)

    def _loss(self, place: int) -> float:
        lost, brought = self.changes[place]
        return float(lost / brought)
