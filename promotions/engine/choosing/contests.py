"""Offers that compete for units: product sets, and one-per-item rules with a limit of units."""

from collections.abc import Iterator
from typing import Final

from promotions.engine.offers import Offer, Part
from promotions.engine.rows import Row

Left = dict[int, int]
"""Units that are left, by line."""
MOST_GROUPS: Final = 63
"""All of six sets; they double with each."""
Counts = dict[int, tuple[int, int]]
"""By line, targets and triggers."""


class Contest:
    """An offer with the lines that each of its sets could take units of, dearest first."""

    __slots__ = ("groups", "is_one_per_item", "is_set", "lines", "offer", "parts", "places", "uses")

    def __init__(self, offer: Offer, finder: "Finder") -> None:
        self.offer = offer
        self.is_set = offer.is_set
        self.is_one_per_item = offer.one_per_item
        self.uses = offer.uses
        self.parts = offer.parts
        self.lines = tuple(finder.lines(part) for part in offer.parts)
        self.places = frozenset(place for lines in self.lines for place in lines)
        self.groups = _groups(self.parts, self.lines)

    def most_uses(self, left: Left) -> int:
        """How often it can be applied: any of its sets together have units for that (Hall)."""
        most = self.uses
        for least, places in self.groups:
            could = sum([left[place] for place in places]) // least
            if most is None or could < most:
                most = could
        return most or 0

    def fills(self, uses: int, left: Left) -> Iterator[Counts | None]:
        """Every way to apply it so often to the units that are left, most targets first.

        None for each way of some of its sets that leaves too little for the others, so that the
        search can count it.
        """
        return self._fill(uses, 0, left, {}) if uses else iter([{}])

    def _fill(self, uses: int, number: int, left: Left, counts: Counts) -> Iterator[Counts | None]:
        if number == len(self.parts):
            yield counts
            return
        part, lines = self.parts[number], self.lines[number]
        for targets, triggers in _totals(part, uses):
            for chosen in _or_none(distributed(lines, left, targets)):
                after = _less(left, chosen or {})
                for others in _or_none(distributed(lines[::-1], after, triggers)):
                    if chosen is None or others is None:
                        yield None
                        continue
                    both = added(counts, chosen, others)
                    yield from self._fill(uses, number + 1, _less(after, others), both)


def _or_none(ways: Iterator[Left]) -> Iterator[Left | None]:
    """The ways, or None if there is none."""
    first = next(ways, None)
    yield first
    if first is not None:
        yield from ways


def _groups(
    parts: tuple[Part, ...], lines: tuple[tuple[int, ...], ...]
) -> list[tuple[int, frozenset[int]]]:
    """Of one or more sets together the fewest units of an application, and all lines they take.

    Sets of the same lines count as one. Of more groups than `MOST_GROUPS` only the single sets are
    looked at: then `fills` finds that units lack.
    """
    if len(parts) == 1:
        return [(parts[0].least, frozenset(lines[0]))]
    alike: dict[frozenset[int], int] = {}
    for part, own in zip(parts, lines, strict=True):
        places = frozenset(own)
        alike[places] = alike.get(places, 0) + part.least
    groups: list[tuple[int, frozenset[int]]] = []
    for places, least in alike.items():
        room = max(MOST_GROUPS - len(groups), 0)
        joined = [(before + least, others | places) for before, others in groups[:room]]
        groups += [(least, places), *joined]
    return groups


def _totals(part: Part, uses: int) -> Iterator[tuple[int, int]]:
    """Targets and triggers of all applications together."""
    if part.targets < part.required:
        yield part.targets * uses, (part.required - part.targets) * uses
        return
    for targets in range(part.targets * uses, part.least * uses - 1, -1):
        yield targets, 0


def distributed(lines: tuple[int, ...], left: Left, count: int) -> Iterator[Left]:
    """Every way to take so many units from the lines, most of the first ones first."""
    if not count:
        yield {}
        return
    if count == 1:  # what most ask for
        for place in lines:
            if left[place]:
                yield {place: 1}
        return
    if sum([left[place] for place in lines]) >= count:
        yield from _distributed(lines, left, count)


def _distributed(lines: tuple[int, ...], left: Left, count: int) -> Iterator[Left]:
    counts = [left[place] for place in lines]
    taken, first, missing = [0] * len(lines), 0, count
    while first >= 0:
        for number in range(first, len(lines)):
            if not missing:
                break
            taken[number] = min(missing, counts[number])
            missing -= taken[number]
        yield {place: units for place, units in zip(lines, taken, strict=True) if units}
        first, missing = _with_less(counts, taken)


def _with_less(counts: list[int], taken: list[int]) -> tuple[int, int]:
    """Takes a unit less of the last line of which those after it can make up for; returns the first
    of those, with what they have to: -1 if there is no other way."""
    room = missing = 0
    for number in range(len(counts) - 1, -1, -1):
        if taken[number] and missing < room:
            taken[number] -= 1
            return number + 1, missing + 1
        room += counts[number]
        missing += taken[number]
        taken[number] = 0
    return -1, 0


def _less(left: Left, taken: Left) -> Left:
    return {place: count - taken.get(place, 0) for place, count in left.items()} if taken else left


def added(counts: Counts, targets: Left, triggers: Left) -> Counts:
    both = dict(counts)
    for place, count in targets.items():
        before = both.get(place, (0, 0))
        both[place] = before[0] + count, before[1]
    for place, count in triggers.items():
        before = both.get(place, (0, 0))
        both[place] = before[0], before[1] + count
    return both


class Finder:
    """Which lines a product set could take, dearest first: put in that order once for all sets."""

    __slots__ = ("_dearest",)

    def __init__(self, rows: list[Row]) -> None:
        self._dearest = [(row.keys, row.place) for row in sorted(rows, key=_dearest_first)]

    def lines(self, part: Part) -> tuple[int, ...]:
        is_apart = part.keys.isdisjoint
        return tuple([place for keys, place in self._dearest if not is_apart(keys)])


def _dearest_first(row: Row) -> tuple[int, int]:
    return -row.unit_price, row.place
