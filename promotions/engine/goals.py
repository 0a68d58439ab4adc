"""What a search makes least: what is left to pay, with or without a one-per-item receipt rule."""

from collections.abc import Iterable, Sequence
from itertools import product

from promotions.engine.board import Settled
from promotions.engine.gains import PERCENTAGE, Gains
from promotions.engine.offers import Offer

Pair = tuple[Settled, Settled]
EXHAUSTIVE = 8
"""Lines of which each could be left to a receipt rule that are tried in all ways."""


class Goal:
    """Least to pay when `receipt`, if any, covers the units that no one-per-item rule has.

    A percentage of the receipt is a price a line can be compared at by itself: scaled by its
    denominator, what is left to pay is a whole number for each line, and the least sum of them is
    also least after the one rounding, because rounding keeps order.
    """

    __slots__ = ("by_line", "gains", "of_cost", "of_free", "receipt")

    def __init__(self, gains: Gains, receipt: Offer | None) -> None:
        self.gains = gains
        self.receipt = receipt
        self.by_line = receipt is None or receipt.kind is PERCENTAGE
        self.of_free, self.of_cost = 0, 1
        if receipt is not None and self.by_line:
            self.of_free, self.of_cost = gains.receipt_rate(receipt)

    def choose(self, pair: Pair) -> tuple[int, Settled]:
        """The better of the two for a line by itself, and what it leaves to pay, scaled."""
        best, bare = pair
        cost = best.cost * self.of_cost - best.free * self.of_free
        if best is bare or not self.of_free:
            return cost, best
        left = bare.cost * self.of_cost - bare.free * self.of_free
        if left < cost or (left == cost and self._is_earlier_than(best)):
            return left, bare
        return cost, best

    def _is_earlier_than(self, settled: Settled) -> bool:
        plain, receipt = settled.plain, self.receipt
        return plain is not None and receipt is not None and receipt.rank < plain.rank

    def least(self, pairs: Sequence[Pair]) -> tuple[int, list[Settled]]:
        """What all lines together leave to pay, in cents, and how each is settled."""
        if self.by_line:
            chosen = [self.choose(pair)[1] for pair in pairs]
            return self.cost(chosen), chosen
        tried = ((self.cost(chosen), chosen) for chosen in self._ways(pairs))
        return min(tried, key=lambda pair: (pair[0], Savings(pair[1], self)))

    def cost(self, chosen: Iterable[Settled]) -> int:
        cost = free = 0
        for settled in chosen:
            cost += settled.cost
            free += settled.free
        return cost - (self.gains.on_receipt(self.receipt, free) if self.receipt else 0)

    def _ways(self, pairs: Sequence[Pair]) -> Iterable[list[Settled]]:
        """Which lines to leave to the receipt rule: all ways, or else the cheapest first."""
        undecided = [i for i, (best, bare) in enumerate(pairs) if best is not bare]
        if len(undecided) <= EXHAUSTIVE:
            for bits in product((0, 1), repeat=len(undecided)):
                way = dict(zip(undecided, bits, strict=True))
                yield [pair[way.get(i, 0)] for i, pair in enumerate(pairs)]
            return
        undecided.sort(key=lambda i: _loss(pairs[i]))
        way = dict.fromkeys(undecided, 0)
        yield [pair[0] for pair in pairs]
        for place in undecided:
            way[place] = 1
            yield [pair[way.get(i, 0)] for i, pair in enumerate(pairs)]


def _loss(pair: Pair) -> float:
    best, bare = pair
    return (bare.cost - best.cost) / max(bare.free - best.free, 1)


class Savings:
    """What competing rules save, to compare assignments that leave the same to pay: less is better.

    By the earliest rule first; so a sum of savings is compared as a number with a digit a rule.
    """

    __slots__ = ("by_rank",)

    def __init__(self, chosen: Iterable[Settled], goal: Goal) -> None:
        self.by_rank: dict[int, int] = {}
        free = 0
        for settled in chosen:
            free += settled.free
            for offer, _, gain in settled.shares:
                if offer.one_per_item or offer.is_set:
                    self.by_rank[offer.rank] = self.by_rank.get(offer.rank, 0) + gain
        if goal.receipt is not None:
            self.by_rank[goal.receipt.rank] = goal.gains.on_receipt(goal.receipt, free)

    def __lt__(self, other: "Savings") -> bool:
        for rank in sorted(self.by_rank.keys() | other.by_rank.keys()):
            own, others = self.by_rank.get(rank, 0), other.by_rank.get(rank, 0)
            if own != others:
                return own > others
        return False

    def __eq__(self, other: object) -> bool:
        # A rule that saves nothing is as good as absent.
        if not isinstance(other, Savings):
            return NotImplemented
        return not self < other and not other < self

    __hash__ = None  # type: ignore[assignment]
