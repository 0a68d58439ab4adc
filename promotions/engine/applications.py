"""The application that brings most to what has been chosen so far: a step of the greedy choice."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from promotions.engine.contests import Contest, Counts, Left, added
from promotions.engine.gains import Money
from promotions.engine.margins import least_loss

if TYPE_CHECKING:
    from promotions.engine.search import Search

Application = tuple[Contest, Counts]


def best_application(search: "Search", applied: Sequence[Application]) -> Application | None:
    """None if none brings anything. Those that could not bring more than the best are left out."""
    best: Application | None = None
    most: tuple[Money, int] = (0, 0)
    scale = search.goal.of_cost
    used = [contest for contest, _ in applied]
    for each in search.contenders:
        if (each.cost * scale, each.saving) <= most:
            break
        if each.contest.uses is not None and used.count(each.contest) >= each.contest.uses:
            continue
        counts = _best_counts(search, each.contest)
        if counts is None:
            continue
        brought = _brought(search, each.contest, counts)
        if brought > most:
            best, most = (each.contest, counts), brought
    return None if best is None else _repeated(search, *best, most)


def _brought(search: "Search", contest: Contest, counts: Counts) -> tuple[Money, int]:
    undo = search.put(contest, counts)
    brought = undo[0] - search.cost, search.saved - undo[1]
    search.take_back(contest, counts, undo)
    return brought


def _repeated(
    search: "Search", contest: Contest, counts: Counts, most: tuple[Money, int]
) -> Application:
    """Without a limit of uses as often as units last, if that brings more than once."""
    if contest.uses is not None:
        return contest, counts
    left = search.left_for(contest)
    times = min(left[place] // sum(taken) for place, taken in counts.items())
    many = {place: (a * times, b * times) for place, (a, b) in counts.items()}
    if times > 1 and _brought(search, contest, many) > most:
        return contest, many
    return contest, counts


def _best_counts(search: "Search", contest: Contest) -> Counts | None:
    """The units that one application takes: by what targets win, and triggers cost, one by one."""
    board, left = search.goal.board, search.left_for(contest)
    counts: Counts = {}
    for part, lines in zip(contest.parts, contest.lines, strict=True):
        losses = {
            place: least_loss(board, place) if contest.is_one_per_item else 0 for place in lines
        }
        wins = {
            place: board.gains.most_on_unit(contest.offer, board.rows[place]) - losses[place]
            for place in lines
        }
        must = part.least if part.targets >= part.required else part.targets
        by_win = sorted(lines, key=lambda place: -wins[place])
        targets = _taken(by_win, left, part.targets, {p: wins[p] > 0 for p in lines}, must)
        by_loss = sorted(reversed(lines), key=lambda place: losses[place])
        triggers = _taken(by_loss, left, max(part.required - part.targets, 0), {}, part.required)
        if sum(targets.values()) + sum(triggers.values()) < part.least:
            return None
        counts = added(counts, targets, triggers)
    return counts


def _taken(
    order: Sequence[int], left: Left, most: int, wanted: dict[int, bool], must: int
) -> Left:
    """Up to so many units off `left`, beyond what must be only of lines where they are wanted."""
    taken: Left = {}
    for place in order:
        allowed = most if wanted.get(place, True) else min(must, most)
        units = min(left[place], allowed - sum(taken.values()))
        if units > 0:
            taken[place] = units
            left[place] -= units
    return taken
