"""Which of an offer's product sets lacks units."""

from promotions.engine.choosing.contests import Contest, Left
from promotions.engine.rows import Row


def lacking(contest: Contest, rows: list[Row]) -> tuple[int, int, int] | None:
    """The first set that lacks units when the sets before it have theirs, in whichever way leaves
    it most: its number, what it requires, and what it found; None if all can be filled."""
    if not contest.is_set:
        return None
    filling = _Filling(contest, rows)
    for number, part in enumerate(contest.parts):
        missing = part.least
        while missing:
            units = filling.takes(number, missing, set())
            if not units:
                return number, part.least, part.least - missing
            missing -= units
    return None


class _Filling:
    """Sets that take units one after the other, and move to other lines for each other's sake."""

    __slots__ = ("left", "lines", "taken")

    def __init__(self, contest: Contest, rows: list[Row]) -> None:
        self.lines = contest.lines
        self.left: Left = {row.place: row.count for row in rows}
        self.taken: list[Left] = [{} for _ in contest.parts]

    def takes(self, number: int, most: int, seen: set[int]) -> int:
        """How many more units the set gets of the next line that has some for it, not `seen` yet;
        maybe fewer than it could get, but none only if there are none."""
        for place in self.lines[number]:
            if place not in seen:
                seen.add(place)
                units = min(most, self.left[place]) or self._freed(place, most, seen)
                if units:
                    self.left[place] -= units
                    self.taken[number][place] = self.taken[number].get(place, 0) + units
                    return units
        return 0

    def _freed(self, place: int, most: int, seen: set[int]) -> int:
        """Units of the line for which a set that had them takes others."""
        for number, taken in enumerate(self.taken):
            had = min(most, taken.get(place, 0))
            units = had and self.takes(number, had, seen)
            if units:
                taken[place] -= units
                self.left[place] += units
                return units
        return 0
