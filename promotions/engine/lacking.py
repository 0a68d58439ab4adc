"""Which of an offer's product sets lacks units."""

from collections.abc import Iterable

from promotions.engine.choosing.contests import Contest
from promotions.engine.rows import Row


def lacking(contest: Contest, rows: list[Row]) -> tuple[int, int, int] | None:
    """The first set that lacks units when the sets before it have taken theirs: its number, what
    it requires, and what it found; None if all can be filled."""
    left = {row.place: row.count for row in rows}
    if not contest.is_set or contest.most_uses(left):
        return None
    for number, (part, lines) in enumerate(zip(contest.parts, contest.lines, strict=True)):
        found = sum(left[place] for place in lines)
        if found < part.least:
            break
        _take(part.least, lines, contest.lines[number + 1 :], left)
    return number, part.least, found


def _take(
    units: int,
    lines: Iterable[int],
    later: Iterable[tuple[int, ...]],
    left: dict[int, int],
) -> None:
    """Of the lines that the fewest sets still to come could take from."""
    wanted = [place for others in later for place in others]
    for place in sorted(lines, key=wanted.count):
        taken = min(units, left[place])
        left[place] -= taken
        units -= taken
