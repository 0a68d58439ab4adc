"""Discounts on rows, stage by stage: what each offer gives, and what is left to pay."""

from collections.abc import Sequence

from promotions.engine.choosing.board import Board
from promotions.engine.choosing.choice import choose
from promotions.engine.choosing.settled import Settled
from promotions.engine.choosing.thresholds import choose_by_thresholds
from promotions.engine.gains import Money, Savings
from promotions.engine.money import spread
from promotions.engine.offers import Offer
from promotions.engine.rows import Row
from promotions.engine.shelves import Shelf
from promotions.engine.taking_part import Passes

Given = tuple[Offer, int, int, int]
"""An offer, the place of a line, units and what they got: a stage's effect on a line."""


class Solution:
    """What was given, by stage; what is left to pay of each row."""

    __slots__ = ("given", "is_exact", "left")

    def __init__(self, given: list[Given], left: list[int], is_exact: bool) -> None:
        self.given = given
        self.left = left
        self.is_exact = is_exact


def discounts(rows: list[Row], shelf: Shelf, passes: Passes) -> Solution:
    """All discounts on the shelf together, stage by stage."""
    if shelf.is_empty:
        return Solution([], [row.price for row in rows], True)
    gains = Savings()
    board = Board(rows, shelf, gains, passes, combines=True)
    choice = choose_by_thresholds(board) if shelf.tiered else choose(board)
    given = by_stage(choice.chosen)
    left = [settled.cost for settled in choice.chosen]
    if choice.receipt is not None:
        free = [settled.free for settled in choice.chosen]
        units = [settled.free_units for settled in choice.chosen]
        _on_receipt(choice.receipt, free, units, left, given)
    if shelf.combining_on_receipt:
        after_lines = sum([settled.cost for settled in choice.chosen])
        for offer in shelf.combining_on_receipt:
            here = offer.at(after_lines)
            if here is not None and passes(offer):
                _on_receipt(here, left, [row.count for row in rows], left, given)
    return Solution(given, left, choice.is_exact)


def by_stage(chosen: list[Settled]) -> list[Given]:
    given = [
        (offer, place, units, gain)
        for place, settled in enumerate(chosen)
        for offer, units, gain in settled.shares
    ]
    given.sort(key=_stage)
    return given


def _stage(given: Given) -> tuple[bool, int, int]:
    offer = given[0]
    return not offer.one_per_item, offer.rank, given[1]


def _on_receipt(
    offer: Offer, weights: Sequence[Money], units: list[int], left: list[int], given: list[Given]
) -> None:
    saved = Savings().on_receipt(offer, sum(weights))
    for place, part in enumerate(spread(saved, weights)):
        if part:
            given.append((offer, place, units[place], part))
            left[place] -= part
