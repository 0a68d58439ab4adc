"""Offers that compete for units: product sets, and one-per-item rules with a limit of units."""

from collections.abc import Iterator, Sequence

from promotions.engine.offers import Offer, Part
from promotions.engine.rows import Row

Counts = dict[int, tuple[int, int]]
"""By line, targets and triggers."""


class Contest:
    """An offer with the lines that each of its sets could take units of, dearest first."""

    __slots__ = ("is_one_per_item", "is_set", "lines", "offer", "parts", "places", "uses")

    def __init__(self, offer: Offer, rows: Sequence[Row]) -> None:
        self.offer = offer
        self.is_set = offer.is_set
        self.is_one_per_item = offer.one_per_item
        self.uses = offer.uses
        self.parts = offer.parts
        self.lines = tuple(_lines(part, rows) for part in offer.parts)
        self.places = frozenset(place for lines in self.lines for place in lines)

    def most_uses(self, left: Sequence[int]) -> int:
        """How often it could be applied if its sets did not compete with each other."""
        most = min(
            sum(left[place] for place in lines) // part.least
            for part, lines in zip(self.parts, self.lines, strict=True)
        )
        return most if self.uses is None else min(most, self.uses)

    def fills(self, left: Sequence[int]) -> Iterator[Counts]:
        """Every way to apply it to the units that are left, largest first, not at all last."""
        for uses in range(self.most_uses(left), 0, -1):
            yield from self._fill(uses, 0, list(left), {})
        yield {}

    def _fill(self, uses: int, number: int, left: list[int], counts: Counts) -> Iterator[Counts]:
        if number == len(self.parts):
            yield dict(counts)
            return
        part, lines = self.parts[number], self.lines[number]
        for targets, triggers in _totals(part, uses):
            for chosen in _distributed(lines, left, targets):
                after = [count - chosen.get(place, 0) for place, count in enumerate(left)]
                for others in _distributed(lines, after, triggers):
                    rest = [count - others.get(place, 0) for place, count in enumerate(after)]
                    both = _added(counts, chosen, others)
                    yield from self._fill(uses, number + 1, rest, both)


def _totals(part: Part, uses: int) -> Iterator[tuple[int, int]]:
    """Targets and triggers of all applications together."""
    if part.targets < part.required:
        yield part.targets * uses, (part.required - part.targets) * uses
        return
    for targets in range(part.targets * uses, part.least * uses - 1, -1):
        yield targets, 0


def _distributed(
    lines: Sequence[int], left: Sequence[int], count: int, first: int = 0
) -> Iterator[dict[int, int]]:
    """Every way to take so many units from the lines, most of the first ones first."""
    if not count:
        yield {}
        return
    if first == len(lines):
        return
    place = lines[first]
    for here in range(min(count, left[place]), -1, -1):
        for others in _distributed(lines, left, count - here, first + 1):
            yield {place: here, **others} if here else others


def _added(counts: Counts, targets: dict[int, int], triggers: dict[int, int]) -> Counts:
    both = dict(counts)
    for place in targets.keys() | triggers.keys():
        before = both.get(place, (0, 0))
        both[place] = (before[0] + targets.get(place, 0), before[1] + triggers.get(place, 0))
    return both


def _lines(part: Part, rows: Sequence[Row]) -> tuple[int, ...]:
    found = [row for row in rows if not part.keys.isdisjoint(row.keys)]
    found.sort(key=lambda row: (-(row.price // row.count), row.place))
    return tuple(row.place for row in found)
