"""What a search makes least: what is left to pay, with or without a one-per-item receipt rule."""

from typing import Final

from promotions.engine.choosing.board import Board
from promotions.engine.choosing.releasing import release
from promotions.engine.choosing.settled import Settled, Takes
from promotions.engine.gains import PERCENTAGE, Money
from promotions.engine.offers import Offer

ZERO: Money = 0
AFTER_LINES: Final = 1 << 56
"""Added to the rank of a rule on the receipt: which one it is settles what lines left open."""
WAYS: Final = 100
"""Of leaving lines to a receipt rule, tried in all of a search."""


class Goal:
    """Least to pay when `receipt`, if any, covers the units that no one-per-item rule has.

    A percentage of the receipt is something that each line can be judged by alone: scaled by its
    denominator, what is left to pay is a whole number for each line, and the least sum of them is
    also least after the one rounding, because rounding keeps order. For an amount off and a fixed
    price (not `by_line`) all lines must be judged together.
    """

    __slots__ = ("board", "by_line", "of_cost", "of_free", "receipt", "slack", "ways")

    def __init__(self, board: Board, receipt: Offer | None = None) -> None:
        self.board = board
        self.receipt = receipt
        self.by_line = receipt is None or receipt.kind is PERCENTAGE
        self.of_free, self.of_cost = 0, 1
        if receipt is not None and self.by_line:
            self.of_free, self.of_cost = board.gains.receipt_rate(receipt)
        self.ways = WAYS
        self.slack = 0 if self.by_line else self._most_on_receipt()

    def _most_on_receipt(self) -> int:
        """What lines judged by themselves don't know of."""
        board = self.board
        free = [board.settle(row.place, bare=True).free for row in board.rows]
        return board.gains.on_receipt(self.receipt, sum(free)) if self.receipt else 0

    def line(self, place: int, takes: Takes = ()) -> Settled:
        """The best for a line by itself; of equal ones, that with more saved on it."""
        best = self.board.settle(place, takes)
        if not self.of_free or best.plain is None:
            return best
        bare = self.board.settle(place, takes, bare=True)
        return bare if self.scaled(bare) < self.scaled(best) else best

    def scaled(self, settled: Settled) -> Money:
        """What a line leaves to pay by itself."""
        if not self.of_free:
            return settled.cost * self.of_cost
        return settled.cost * self.of_cost - settled.free * self.of_free

    def all_lines(self, takes: list[Takes]) -> tuple[list[Settled], bool]:
        """How each line is settled for the least of all together; whether that is certain."""
        if self.by_line:
            line = self.line if self.of_free else self.board.settle
            return [line(place, taken) for place, taken in enumerate(takes)], True
        return release(self, takes)

    def cost(self, chosen: list[Settled]) -> int:
        """What all lines leave to pay, after the receipt rule."""
        cost, free = 0, ZERO
        for settled in chosen:
            cost += settled.cost
            free += settled.free
        return cost - (self.board.gains.on_receipt(self.receipt, free) if self.receipt else 0)

    def value(self, chosen: list[Settled]) -> "Value":
        saved = sum([settled.saved for settled in chosen])
        return Value(self, chosen, (self.cost(chosen), -saved))


class Value:
    """How good a choice is, by the law's three questions; less is better.

    The third, which rule saves more, is asked only of choices that are equal in the first two.
    """

    __slots__ = ("_by_rank", "_chosen", "_goal", "first")

    def __init__(self, goal: Goal, chosen: list[Settled], first: tuple[Money, int]) -> None:
        self.first = first
        self._goal = goal
        self._chosen = chosen
        self._by_rank: dict[int, int] | None = None

    def __lt__(self, other: "Value") -> bool:
        if self.first != other.first:
            return self.first < other.first
        own, others = self.by_rank(), other.by_rank()
        for rank in sorted(own.keys() | others.keys()):
            if own.get(rank, 0) != others.get(rank, 0):
                return own.get(rank, 0) > others.get(rank, 0)
        return False

    def by_rank(self) -> dict[int, int]:
        """What each rule that competes for units saves."""
        if self._by_rank is None:
            self._by_rank = self._counted()
        return self._by_rank

    def _counted(self) -> dict[int, int]:
        found: dict[int, int] = {}
        free = ZERO
        for settled in self._chosen:
            free += settled.free
            for offer, _, gain in settled.shares:
                if offer.one_per_item or offer.is_set:
                    found[offer.rank] = found.get(offer.rank, 0) + gain
        receipt = self._goal.receipt
        if receipt is not None:
            found[AFTER_LINES + receipt.rank] = self._goal.board.gains.on_receipt(receipt, free)
        return found
