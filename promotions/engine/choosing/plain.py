"""The best plain offer for units of a line: the fast path of most lines of most baskets.

What offers take off so many units at a price is the same in every basket, and a product's price
seldom changes. So the best few are remembered in their order; whether they take part is asked each
time.
"""

from typing import Final, NamedTuple

from promotions.engine.gains import Gains
from promotions.engine.offers import Offer
from promotions.engine.rows import Row
from promotions.engine.shelves import Ladder, Stack
from promotions.engine.taking_part import Passes

Best = tuple[int, Offer | None]
EACH: Final = 3
"""Offers of each kind that are remembered, at least."""
KEPT: Final = 16
"""Prices and units of a stack that are remembered."""


class First(NamedTuple):
    """The best offers with what they give, best first, and earlier before later."""

    offers: tuple[tuple[int, Offer], ...]
    are_all: bool


def best_plain(stack: Stack, row: Row, units: int, gains: Gains, passes: Passes) -> Best:
    """What it gives, and which; of those that give the same the earliest."""
    if not stack.plain:
        return 0, None
    if gains.are_of_price:
        first = _remembered(stack, row, units, gains)
        for gain, offer in first.offers:
            if passes(offer):
                return gain, offer
        if first.are_all:
            return 0, None
    return _best_of_all(stack, row, units, gains, passes)


def _remembered(stack: Stack, row: Row, units: int, gains: Gains) -> First:
    name = row.price, row.count, units
    found = stack.first.get(name)
    if found is None:
        if len(stack.first) >= KEPT:
            stack.first.clear()
        found = stack.first[name] = _first(stack, row, units, gains)
    return found


def _first(stack: Stack, row: Row, units: int, gains: Gains) -> First:
    found: list[tuple[int, Offer]] = []
    most_left = 0
    for ladder in stack.plain:
        here, left = _top(ladder, row, units, gains)
        found += here
        most_left = max(most_left, left)
    sure = [(gain, offer) for gain, offer in found if gain > most_left]
    return First(tuple(sorted(sure, key=_best_first)), not most_left)


def _top(ladder: Ladder, row: Row, units: int, gains: Gains) -> tuple[list[tuple[int, Offer]], int]:
    """Some offers of a ladder, and the most that any other of it gives."""
    found: list[tuple[int, Offer]] = []
    for offers in ladder:
        gain = gains.on_line(offers[0], row, units)
        if not gain or len(found) >= EACH:
            return found, gain
        found += [(gain, offer) for offer in offers]
    return found, 0


def _best_first(one: tuple[int, Offer]) -> tuple[int, int]:
    return -one[0], one[1].rank


def _best_of_all(stack: Stack, row: Row, units: int, gains: Gains, passes: Passes) -> Best:
    """A gain can only fall along a ladder: the first step with an offer that takes part ends the
    search in it, but for steps that come to the same cents.
    """
    most = 0
    best: Offer | None = None
    for ladder in stack.plain:
        for offers in ladder:
            gain = gains.on_line(offers[0], row, units)
            if gain < most or not gain:
                break
            for offer in offers:
                if gain == most and best is not None and offer.rank > best.rank:
                    break
                if passes(offer):
                    most, best = gain, offer
                    break
    return most, best
