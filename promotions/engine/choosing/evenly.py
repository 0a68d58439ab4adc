"""Combining rules on all units of a line: whole numbers are enough.

What takes all units lowers each of them in proportion. So no piece of the line needs a price of its
own: its share of the price before stays its share of the running price.
"""

from promotions.engine.choosing.combining import Wanted
from promotions.engine.choosing.settled import Share
from promotions.engine.gains import AMOUNT, PERCENTAGE, off_line
from promotions.engine.money import half_up
from promotions.engine.offers import Offer

Part = tuple[int, int]
"""Units that have the same one-per-item rule, and what they cost after it."""


def taken_evenly(offers: Wanted, price: int, parts: list[Part]) -> tuple[int, list[Share]]:
    """What is left of a line's price, that of all its parts, and what each offer took off it."""
    left = price
    shares: list[Share] = []
    for offer, units in offers:
        if offer.by_line or offer.kind is PERCENTAGE or len(parts) == 1:
            saved = off_line(offer, left, units)
        else:
            saved = _of_each(offer, left, price, parts)
        if saved:
            shares.append((offer, units, saved))
            left -= saved
            if not left:
                break
    return left, shares


def _of_each(offer: Offer, left: int, price: int, parts: list[Part]) -> int:
    """An amount, or a fixed price, of each unit, rounded once."""
    each = offer.amount * price
    if offer.kind is AMOUNT:
        return half_up(sum([min(own * left, each * units) for units, own in parts]), price)
    return half_up(sum([max(0, own * left - each * units) for units, own in parts]), price)
