"""The best plain offer for units of a line: the fast path of most lines of most baskets."""

from promotions.engine.gains import Gains
from promotions.engine.offers import Offer
from promotions.engine.rows import Row
from promotions.engine.shelves import Stack
from promotions.engine.taking_part import Passes

Best = tuple[int, Offer | None]


def best_plain(stack: Stack, row: Row, units: int, gains: Gains, passes: Passes) -> Best:
    """What it gives, and which; of those that give the same the earliest.

    A gain can only fall along a ladder: the first step with an offer that takes part ends the
    search in it, but for steps that come to the same cents.
    """
    most = 0
    best: Offer | None = None
    on_line = gains.on_line
    for ladder in stack.plain:
        for offers in ladder:
            gain = on_line(offers[0], row, units)
            if gain < most or not gain:
                break
            for offer in offers:
                if gain == most and best is not None and offer.rank > best.rank:
                    break
                if passes(offer):
                    most, best = gain, offer
                    break
    return most, best
