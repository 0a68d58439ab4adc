"""The best plain offer for units of a line: the fast path of most lines of most baskets."""

from promotions.engine.gains import Gains
from promotions.engine.offers import Offer
from promotions.engine.rows import Row
from promotions.engine.shelves import Stack
from promotions.engine.taking_part import Passes

Best = tuple[int, Offer | None]


def best_plain(stack: Stack, row: Row, units: int, gains: Gains, passes: Passes) -> Best:
    """What it gives, and which; of those that give the same the earliest.

    Each list is sorted by value, so a gain can only fall along it: the first one that takes part
    ends the search in its list, but for those that round to the same cents.
    """
    most, best = 0, None
    on_line = gains.on_line
    for offers in stack.plain:
        for offer in offers:
            gain = on_line(offer, row, units)
            if gain < most or not gain:
                break
            if gain == most and best is not None and offer.rank > best.rank:
                continue
            if passes(offer):
                most, best = gain, offer
    return most, best
