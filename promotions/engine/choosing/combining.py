"""Which combining offers take how many units of which lines."""

from collections.abc import Iterable

from promotions.engine.offers import Offer
from promotions.engine.rows import Row
from promotions.engine.shelves import Stack
from promotions.engine.taking_part import Passes

Wanted = list[tuple[Offer, int]]


def combining(rows: list[Row], stacks: list[Stack], passes: Passes) -> list[Wanted]:
    """By line, earliest first, with the units that each takes; empty if there are none at all.

    One with a limit of units takes the dearest before discounts, so that no choice of other rules
    moves it from line to line.
    """
    found: list[Wanted] = []
    limited: dict[Offer, list[Row]] = {}
    for row, stack in zip(rows, stacks, strict=True):
        here: Wanted = []
        for offer in stack.combining:
            if passes(offer):
                if offer.is_limited:
                    limited.setdefault(offer, []).append(row)
                else:
                    here.append((offer, row.count))
        found.append(here)
    for offer, wanted in limited.items():
        for row, units in _dearest(wanted, offer.rule.units or 0):
            found[row.place].append((offer, units))
            found[row.place].sort(key=lambda pair: pair[0].rank)
    return found if any(found) else []


def _dearest(rows: Iterable[Row], left: int) -> Iterable[tuple[Row, int]]:
    for row in sorted(rows, key=lambda row: (-row.unit_price, row.place)):
        units = min(left, row.count)
        left -= units
        if units:
            yield row, units
