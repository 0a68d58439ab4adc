"""What can be said of offers at a place and on a day before any basket is seen.

Of hundreds of offers that did not apply, most are for another place, or have none of their goods
in the basket and ask for nothing else: their reasons are made once, and kept with the book.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from promotions.engine.offers import Key, Offer
from promotions.engine.quotes import Reason, Skipped
from promotions.engine.rules import Rule


class Entry(NamedTuple):
    """An offer, and at most one of: why it can't apply; what is said if its goods are missing.

    Neither of an offer whose window begins or ends that day, or that has a list to choose from.
    """

    offer: Offer
    settled: Skipped | None
    absent: Skipped | None


class Foregone:
    """All offers of a book, in their order, from `begin` to `end`."""

    __slots__ = ("_ranks", "entries")

    def __init__(
        self,
        offers: Iterable[Offer],
        point_of_sale: int,
        currency: str,
        begin: dt.datetime,
        end: dt.datetime,
    ) -> None:
        ranks: dict[Key, list[int]] = defaultdict(list)
        entries = []
        for offer in offers:
            found = when_and_where(offer.rule, point_of_sale, currency, begin)
            is_same_all_day = found == when_and_where(offer.rule, point_of_sale, currency, end)
            settled = Skipped(*offer.key, *found) if found and is_same_all_day else None
            is_personal = any(part.goods.promotion is not None for part in offer.parts)
            is_plain = not found and is_same_all_day and not is_personal
            absent = Skipped(*offer.key, Reason.NO_PRODUCTS) if is_plain else None
            entries.append(Entry(offer, settled, absent))
            for key in {key for part in offer.parts for key in part.keys}:
                ranks[key].append(offer.rank)
        self.entries = tuple(entries)
        self._ranks = dict(ranks)

    def touched(self, keys: Iterable[Key]) -> set[int]:
        """Ranks of the offers of which any goods have one of these keys."""
        return {rank for key in keys for rank in self._ranks.get(key, ())}


def when_and_where(
    rule: Rule, point_of_sale: int, currency: str, at: dt.datetime
) -> tuple[Reason, dict[str, object]] | None:
    """Why the rule does not hold there and then, whatever is bought by whom; None if it may."""
    if at < rule.start:
        return Reason.NOT_YET, {"start": rule.start}
    if at >= rule.end:
        return Reason.OVER, {"end": rule.end}
    if rule.points_of_sale and point_of_sale not in rule.points_of_sale:
        return Reason.NOT_HERE, {}
    if rule.currency not in (None, currency):
        return Reason.CURRENCY, {"currency": rule.currency}
    return None
