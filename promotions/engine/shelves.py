"""Offers by what they are about, best first, so that a line looks at few of those it could have.

A book may hold thousands of offers for one product. Of plain ones a line gets the best only: sorted
by value when the book is compiled, the first that takes part is the best of its kind, and those
after it are looked at while they would save the same. Per product this is put together once.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import Any

from promotions.engine.offers import Key, Keys, Offer
from promotions.engine.rows import Row
from promotions.engine.rules import Kind

Ladder = tuple[tuple[Offer, ...], ...]
"""Of a kind of offer the steps, best first: offers of one value, earliest first."""
Ladders = tuple[Ladder, ...]
STACKS_KEPT = 4096
"""Products, roughly, that are bought at about the same time."""


class Stack:
    """What could be about one line. `by_line`: something plain gives units of it unequal parts."""

    __slots__ = ("by_line", "combining", "combining_sets", "competing", "first", "plain")

    def __init__(self, offers: Iterable[Offer]) -> None:
        plain: list[Offer] = []
        competing: list[Offer] = []
        combining: list[Offer] = []
        sets: list[Offer] = []
        for offer in offers:
            if offer.one_per_item:
                (competing if offer.competes else plain).append(offer)
            else:
                (sets if offer.is_set else combining).append(offer)
        self.plain = _by_kind(plain)
        self.first: dict[tuple[int, int, int], Any] = {}
        """What plain.py remembers."""
        self.by_line = any(offer.by_line and offer.kind is not Kind.PERCENTAGE for offer in plain)
        self.competing = _by_kind(competing)
        self.combining_sets = _by_kind(sets)
        self.combining = tuple(sorted(combining, key=_rank))


class Shelf:
    """Offers of one effect that a point of sale may have on one day; none that stands alone."""

    __slots__ = ("_by_key", "_keys", "_stacks", "combining_on_receipt", "on_receipt")

    def __init__(self, offers: Iterable[Offer]) -> None:
        of_lines: list[Offer] = []
        on_receipt: list[Offer] = []
        for offer in offers:
            (on_receipt if offer.on_receipt else of_lines).append(offer)
        self.combining_on_receipt = tuple(o for o in on_receipt if not o.one_per_item)
        self.on_receipt = _by_kind(o for o in on_receipt if o.one_per_item)
        self._by_key = _by_key(of_lines)
        self._keys = frozenset(self._by_key)
        self._stacks: dict[Keys, Stack] = {}

    @property
    def is_empty(self) -> bool:
        return not (self._by_key or self.on_receipt or self.combining_on_receipt)

    def stack(self, keys: Keys) -> Stack:
        """Of a line with these keys; lines that differ in nothing offers are about share one."""
        keys &= self._keys
        found = self._stacks.get(keys)
        if found is None:
            found = Stack({offer for key in keys for offer in self._by_key[key]})
            if len(self._stacks) >= STACKS_KEPT:
                self._stacks.clear()
            self._stacks[keys] = found
        return found


class Stock:
    """All that a point of sale may have on one day."""

    __slots__ = ("_alone", "_alone_anywhere", "discounts", "points")

    def __init__(self, offers: Iterable[Offer]) -> None:
        alone: list[Offer] = []
        discounts: list[Offer] = []
        points: list[Offer] = []
        for offer in offers:
            if offer.is_alone:
                alone.append(offer)
            elif offer.is_points:
                points.append(offer)
            else:
                discounts.append(offer)
        self._alone = _by_key(o for o in alone if not o.on_receipt)
        self._alone_anywhere = [o for o in alone if o.on_receipt]
        self.discounts = Shelf(discounts)
        self.points = Shelf(points)

    def alone(self, rows: Iterable[Row]) -> list[Offer]:
        """Those that stand alone and could be about any of these rows, in their order."""
        if not self._alone:
            return self._alone_anywhere
        keys = self._alone.keys() & frozenset().union(*[row.keys for row in rows])
        found = {offer for key in keys for offer in self._alone[key]}
        return sorted(found.union(self._alone_anywhere), key=_rank)


def _by_key(offers: Iterable[Offer]) -> dict[Key, list[Offer]]:
    found: dict[Key, list[Offer]] = defaultdict(list)
    for offer in offers:
        for key in offer.keys:
            found[key].append(offer)
    return dict(found)


def _by_kind(offers: Iterable[Offer]) -> Ladders:
    """What comes first in a ladder gives most, whatever is bought."""
    lists: dict[tuple[Kind, bool], list[Offer]] = defaultdict(list)
    for offer in offers:
        lists[offer.kind, offer.by_line and offer.kind is not Kind.PERCENTAGE].append(offer)
    return tuple(
        tuple(
            tuple(equal)
            for _, equal in groupby(sorted(found, key=_best_first), key=lambda o: o.rule.value)
        )
        for _, found in sorted(lists.items())
    )


def _best_first(offer: Offer) -> tuple[Decimal, int]:
    value = offer.rule.value
    return (value if offer.kind is Kind.FIXED_PRICE else -value), offer.rank


def _rank(offer: Offer) -> int:
    return offer.rank
