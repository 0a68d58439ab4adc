"""What can be said of offers at a place and on a day before any basket is seen.

Of hundreds of offers that did not apply, most are for another place, or have none of their goods
in the basket and ask for nothing else: their reasons are made once, and kept with the book.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple, Optional

from promotions.engine.baskets import Shopper
from promotions.engine.offers import Key, Offer
from promotions.engine.quotes import Reason, Skipped
from promotions.engine.rules import Goods, InAudiences, InGroups, Rule


class Entry(NamedTuple):
    """An offer, and at most one of: why it can't apply; what is said if its goods are missing.

    Neither of an offer whose window begins or ends that day.
    """

    offer: Offer
    settled: Skipped | None
    absent: Skipped | None
    others: Skipped
    """Said if it is for others."""
    pending: Skipped
    """Said if it waits to be accepted."""
    choices: tuple[tuple[Goods, Skipped], ...]
    """The lists that it is about, each with what is said if nothing was chosen from it."""


class Foregone:
    """All offers of a book from `begin` to `end`.

    `common` is what is said, by place, to whoever buys other goods and is none of those whom some
    offers are for: in no group, in no audience, with no list, and has answered nothing. None of
    offers that hold for a part of the day.
    """

    __slots__ = ("_about", "_always", "_asked", "_base", "_places", "common")

    def __init__(
        self,
        offers: Iterable[Offer],
        point_of_sale: int,
        currency: str,
        begin: dt.datetime,
        end: dt.datetime,
        is_known: bool = False,
        base: Optional["Foregone"] = None,
    ) -> None:
        """With a base, of the offers that name this place; of all others the base knows.

        `is_known`: of what is said to members.
        """
        self._base = base
        self._asked: dict[tuple[str, int, int], Entry] = {}
        self._places: dict[Key, list[int]] = defaultdict(list)
        self._about: dict[tuple[str, int], list[Entry]] = defaultdict(list)
        self._always: list[Entry] = []
        entries = [_entry(offer, point_of_sale, currency, begin, end) for offer in offers]
        for entry in entries:
            self._sort_in(entry)
        common: dict[int, Skipped | None] = dict(enumerate(base.common)) if base else {}
        common.update((entry.offer.place, _common(entry, is_known)) for entry in entries)
        self.common: tuple[Skipped | None, ...] = tuple(common.values())

    def _sort_in(self, entry: Entry) -> None:
        offer, rule = entry.offer, entry.offer.rule
        if entry.settled is None:
            for key in {key for part in offer.parts for key in part.keys}:
                self._places[key].append(offer.place)
        belongs = [("group", group) for group in rule.groups]
        belongs += [("audience", audience) for audience in rule.audiences]
        belongs += [("list", goods.promotion or 0) for goods, _ in entry.choices]
        for belonging in dict.fromkeys(belongs):
            self._about[belonging].append(entry)
        if rule.consent:
            self._asked[rule.origin, rule.id, rule.item] = entry
        is_edge = entry.settled is None and entry.absent is None
        if is_edge or any(isinstance(c, InGroups | InAudiences) for c in rule.conditions):
            self._always.append(entry)

    def about(self, shopper: Shopper) -> Iterator[Entry]:
        """Offers of which something else may be said to this shopper; of some twice, the latter
        counts."""
        if self._base:
            yield from self._base.about(shopper)
        yield from self._always
        about = self._about
        if about:
            for group in shopper.groups:
                yield from about.get(("group", group), ())
            for audience in shopper.audiences:
                yield from about.get(("audience", audience), ())
            for promotion in shopper.picks:
                yield from about.get(("list", promotion), ())
        if self._asked:
            for name in shopper.answers.keys() & self._asked.keys():
                yield self._asked[name]

    def touched(self, keys: Collection[Key]) -> set[int]:
        """Places of the offers that may hold and of which any goods have one of these keys."""
        places = self._places
        found = {place for key in keys if key in places for place in places[key]}
        return found | self._base.touched(keys) if self._base else found


def _entry(
    offer: Offer, point_of_sale: int, currency: str, begin: dt.datetime, end: dt.datetime
) -> Entry:
    found = when_and_where(offer.rule, point_of_sale, currency, begin)
    is_same_all_day = found == when_and_where(offer.rule, point_of_sale, currency, end)
    settled = Skipped(*offer.key, *found) if found and is_same_all_day else None
    is_here = not found and is_same_all_day
    absent = Skipped(*offer.key, Reason.NO_PRODUCTS) if is_here else None
    others = Skipped(*offer.key, Reason.NOT_FOR_YOU)
    pending = Skipped(*offer.key, Reason.NOT_ACCEPTED, {"answer": "pending"})
    return Entry(offer, settled, absent, others, pending, _choices(offer))


def _common(entry: Entry, is_known: bool) -> Skipped | None:
    if entry.settled is not None or entry.absent is None:
        return entry.settled
    rule = entry.offer.rule
    if rule.groups or rule.audiences or (rule.members and not is_known):
        return entry.others
    if rule.consent:
        return entry.pending
    return entry.choices[0][1] if entry.choices else entry.absent


def _choices(offer: Offer) -> tuple[tuple[Goods, Skipped], ...]:
    personal = [part.goods for part in offer.parts if part.goods.promotion is not None]
    return tuple(
        (goods, Skipped(*offer.key, Reason.NO_CHOICE, {"promotion": goods.promotion}))
        for goods in personal
    )


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
