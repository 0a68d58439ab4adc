"""Offers on rows: who gets what of each line, and what is left to pay."""

from collections.abc import Iterable, Sequence

from promotions.engine.board import Board, Settled
from promotions.engine.contests import Contest
from promotions.engine.gains import Gains, Savings
from promotions.engine.goals import Goal
from promotions.engine.goals import Savings as ByRule
from promotions.engine.money import spread
from promotions.engine.offers import Offer
from promotions.engine.rows import Row
from promotions.engine.search import Search

Given = tuple[Offer, int, int, int]
"""An offer, the place of a line, units and what they got: a stage's effect on a line."""


class Solution:
    """What was given, by stage; what is left to pay of each row."""

    __slots__ = ("given", "is_exact", "left")

    def __init__(self, given: list[Given], left: list[int], is_exact: bool) -> None:
        self.given = given
        self.left = left
        self.is_exact = is_exact

    @property
    def total(self) -> int:
        return sum(gain for _, _, _, gain in self.given)


def choose(
    rows: list[Row], offers: Sequence[Offer], gains: Gains, combine: bool
) -> tuple[list[Settled], Offer | None, bool]:
    """The best for each row, the one-per-item receipt offer if one is worth it, exact or not."""
    board = _board(rows, offers, gains, combine)
    receipts = [offer for offer in offers if offer.on_receipt and offer.one_per_item]
    best = None
    for receipt in (None, *receipts):
        goal = Goal(gains, receipt)
        chosen, is_exact = Search(board, goal).run()
        value = goal.cost(chosen), ByRule(chosen, goal)
        if best is None or value < best[0]:
            best = value, chosen, receipt, is_exact
    assert best is not None  # noqa: S101
    return best[1:]


def _board(rows: list[Row], offers: Iterable[Offer], gains: Gains, combine: bool) -> Board:
    plains: list[list[Offer]] = [[] for _ in rows]
    combining: list[list[tuple[Offer, int]]] = [[] for _ in rows]
    contests = []
    for offer in offers:
        if offer.on_receipt:
            continue
        if offer.competes:
            contests.append(Contest(offer, rows))
        elif offer.one_per_item:
            for row in _of(offer, rows):
                plains[row.place].append(offer)
        elif combine:
            for row, units in counted(offer, rows):
                combining[row.place].append((offer, units))
    return Board(rows, gains, plains, combining, contests)


def _of(offer: Offer, rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if not offer.keys.isdisjoint(row.keys)]


def counted(offer: Offer, rows: Iterable[Row]) -> Iterable[tuple[Row, int]]:
    """The units of each line that a combining offer takes: dearest first if it has a limit."""
    found = _of(offer, rows)
    if not offer.is_limited:
        return [(row, row.count) for row in found]
    left = offer.rule.units or 0
    found.sort(key=lambda row: (-(row.price // row.count), row.place))
    counts = []
    for row in found:
        units = min(left, row.count)
        left -= units
        if units:
            counts.append((row, units))
    return counts


def discounts(rows: list[Row], offers: Sequence[Offer]) -> Solution:
    """All discounts of these offers together, stage by stage."""
    gains = Savings()
    chosen, receipt, is_exact = choose(rows, offers, gains, combine=True)
    given = _by_stage(chosen)
    left = [settled.cost for settled in chosen]
    if receipt is not None:
        free = [settled.free for settled in chosen]
        units = [settled.free_units for settled in chosen]
        _on_receipt(receipt, free, units, left, given)
    for offer in offers:
        if offer.on_receipt and not offer.one_per_item:
            _on_receipt(offer, left, [row.count for row in rows], left, given)
    return Solution(given, left, is_exact)


def _by_stage(chosen: Sequence[Settled]) -> list[Given]:
    given = [
        (offer, place, units, gain)
        for place, settled in enumerate(chosen)
        for offer, units, gain in settled.shares
    ]
    return sorted(given, key=lambda g: (not g[0].one_per_item, g[0].rank, g[1]))


def _on_receipt(
    offer: Offer, weights: list[int], units: list[int], left: list[int], given: list[Given]
) -> None:
    saved = Savings().on_receipt(offer, sum(weights))
    for place, part in enumerate(spread(saved, weights)):
        if part:
            given.append((offer, place, units[place], part))
            left[place] -= part
