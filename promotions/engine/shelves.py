"""Offers by what they are about, best first, so that a line looks at few of those it could have.

A book may hold thousands of offers for one product. Of plain ones a line gets the best only: sorted
by value when the book is compiled, the first that takes part is the best of its kind, and those
after it are looked at while they would save the same. Per product this is put together once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal
from itertools import groupby
from typing import Any, Optional

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

    def __init__(self, offers: Iterable[Offer], base: Optional["Stack"] = None) -> None:
        """With a base, its ladders stand beside those of these offers."""
        plain: list[Offer] = []
        competing: list[Offer] = []
        combining: list[Offer] = []
        sets: list[Offer] = []
        for offer in offers:
            if offer.one_per_item:
                (competing if offer.competes else plain).append(offer)
            else:
                (sets if offer.is_set else combining).append(offer)
        self.plain: Ladders = base.plain if base else ()
        self.plain += _by_kind(plain)
        self.first: dict[tuple[int, int, int], Any] = {}
        """What plain.py remembers."""
        self.by_line = any(offer.by_line and offer.kind is not Kind.PERCENTAGE for offer in plain)
        self.competing = _by_kind(competing)
        self.combining_sets = _by_kind(sets)
        if base:
            self.by_line = self.by_line or base.by_line
            self.competing = base.competing + self.competing
            self.combining_sets = base.combining_sets + self.combining_sets
            combining += base.combining
        self.combining: tuple[Offer, ...] = tuple(sorted(combining, key=_rank))


class Shelf:
    """Offers of one effect that a point of sale may have on one day; none that stands alone.

    With a base it has the base's too.
    """

    __slots__ = (
        *("_base", "_by_key", "_keys", "_stacks", "has_tiers", "is_empty"),
        *("combining_on_receipt", "on_receipt", "tiered"),
    )

    def __init__(self, offers: Iterable[Offer], base: Optional["Shelf"] = None) -> None:
        of_lines: list[Offer] = []
        plain: list[Offer] = []
        tiered: list[Offer] = list(base.tiered) if base else []
        combining: list[Offer] = list(base.combining_on_receipt) if base else []
        for offer in offers:
            if not offer.on_receipt:
                of_lines.append(offer)
            elif not offer.one_per_item:
                combining.append(offer)
            else:
                (tiered if offer.tiers else plain).append(offer)
        self._base = base
        self.combining_on_receipt: tuple[Offer, ...] = tuple(sorted(combining, key=_rank))
        self.on_receipt: Ladders = base.on_receipt if base else ()
        self.on_receipt += _by_kind(plain)
        self.tiered: tuple[Offer, ...] = tuple(sorted(tiered, key=_rank))
        """One-per-item offers on the receipt that have thresholds."""
        self.has_tiers = bool(tiered) or any(offer.tiers for offer in combining)
        self._by_key = _by_key(of_lines)
        self._keys = frozenset(self._by_key)
        self.is_empty: bool = not (self._by_key or self.on_receipt or tiered or combining)
        if base:
            self.is_empty = self.is_empty and base.is_empty
        self._stacks: dict[Keys, Stack] = {}

    def stack(self, keys: Keys) -> Stack:
        """Of a line with these keys; lines that differ in nothing offers are about share one."""
        if self._base and self._keys.isdisjoint(keys):
            return self._base.stack(keys)
        keys = self._known(keys)
        found = self._stacks.get(keys)
        if found is None:
            base = self._base.stack(keys) if self._base else None
            found = Stack(self._about(keys), base)
            if len(self._stacks) >= STACKS_KEPT:
                self._stacks.clear()
            self._stacks[keys] = found
        return found

    def _known(self, keys: Keys) -> Keys:
        known = keys & self._keys
        return known | self._base._known(keys) if self._base else known

    def _about(self, keys: Keys) -> set[Offer]:
        return {offer for key in keys for offer in self._by_key.get(key, ())}


class Stock:
    """All that a point of sale may have on one day; with a base, what names the place besides."""

    __slots__ = ("_alone", "_alone_anywhere", "_base", "discounts", "points")

    def __init__(self, offers: Iterable[Offer], base: Optional["Stock"] = None) -> None:
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
        self._base = base
        self.discounts: Shelf = Shelf(discounts, base.discounts if base else None)
        self.points: Shelf = Shelf(points, base.points if base else None)

    def alone(self, rows: Collection[Row]) -> list[Offer]:
        """Those that stand alone and could be about any of these rows, in their order."""
        found = self._base.alone(rows) if self._base else []
        if self._alone:
            keys = self._alone.keys() & frozenset().union(*[row.keys for row in rows])
            found += {offer for key in keys for offer in self._alone[key]}
        return sorted(found + self._alone_anywhere, key=_rank)


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
