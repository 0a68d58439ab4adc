"""The application that brings most to what has been chosen so far: a step of the greedy choice."""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from promotions.engine.choosing.contests import Contest, Counts, Left, added
from promotions.engine.choosing.prospects import Contender
from promotions.engine.gains import Money

if TYPE_CHECKING:
    from promotions.engine.choosing.search import Search, Undo

Application = tuple[Contest, Counts]
Brought = tuple[Money, int]
"""How much less is to be paid, and how much more one-per-item rules save."""


def choose_greedily(search: "Search") -> list[tuple[Application, "Undo"]]:
    """Applies what brings most, again and again; returns what was applied.

    What an application brings can only fall as others are applied. So each is asked again only
    when what it brought before, or could bring at most, is the most of all.
    """
    scale = search.goal.of_cost
    waiting: list[tuple[Money, int, int, int]] = [
        (-each.cost * scale, -each.saving, number, -1)
        for number, each in enumerate(search.contenders)
    ]
    heapify(waiting)
    applied: list[tuple[Application, Undo]] = []
    tried: dict[int, Counts | None] = {}
    while waiting:
        cost, saving, number, when = heappop(waiting)
        contest = search.contenders[number].contest
        if when != len(applied):
            counts = tried[number] = _best_counts(search, search.contenders[number])
            brought = (0, 0) if counts is None else _brought(search, contest, counts)
            if brought > (0, 0):
                heappush(waiting, (-brought[0], -brought[1], number, len(applied)))
            continue
        counts = tried[number]
        assert counts is not None  # noqa: S101 it brought something
        application = _repeated(search, contest, counts, (-cost, -saving))
        applied.append((application, search.put(*application)))
        if _is_left(contest, applied):
            heappush(waiting, (cost, saving, number, -1))
    return applied


def _is_left(contest: Contest, applied: Sequence[tuple[Application, "Undo"]]) -> bool:
    """Whether it may be applied once more."""
    used = sum([application[0] is contest for application, _ in applied])
    return contest.uses is None or used < contest.uses


def _brought(search: "Search", contest: Contest, counts: Counts) -> Brought:
    undo = search.put(contest, counts)
    brought = undo[0] - search.cost, search.saved - undo[1]
    search.take_back(contest, counts, undo)
    return brought


def _repeated(search: "Search", contest: Contest, counts: Counts, most: Brought) -> Application:
    """Without a limit of uses as often as units last, if that brings more than once."""
    if contest.uses is not None:
        return contest, counts
    left = search.left_for(contest)
    times = min(left[place] // sum(taken) for place, taken in counts.items())
    many = {place: (a * times, b * times) for place, (a, b) in counts.items()}
    if times > 1 and _brought(search, contest, many) > most:
        return contest, many
    return contest, counts


def _best_counts(search: "Search", each: Contender) -> Counts | None:
    """The units that one application takes: by what targets win, and triggers cost, one by one."""
    contest, margins = each.contest, each.margins
    left = search.left_for(contest)
    counts: Counts = {}
    for part, lines in zip(contest.parts, contest.lines, strict=True):
        if sum([left[place] for place in lines]) < part.least:
            return None
        of_win = 2 if contest.is_one_per_item else 0
        wins = {place: margins[place][of_win] for place in lines}
        losses = {place: margins[place][3] for place in lines}
        must = part.least if part.targets >= part.required else part.targets
        by_win = sorted(lines, key=lambda place: -wins[place])
        targets = _taken(by_win, left, part.targets, {p: wins[p] > 0 for p in lines}, must)
        # Of lines that lose the same the cheapest are triggers: the dear ones can be targets yet.
        cheapest_first = lines[::-1]
        by_loss = sorted(cheapest_first, key=lambda place: losses[place])
        triggers = _taken(by_loss, left, max(part.required - part.targets, 0), {}, part.required)
        if sum(targets.values()) + sum(triggers.values()) < part.least:
            return None
        counts = added(counts, targets, triggers)
    return counts


def _taken(order: Sequence[int], left: Left, most: int, wanted: dict[int, bool], must: int) -> Left:
    """Up to so many units off `left`, beyond what must be only of lines where they are wanted."""
    taken: Left = {}
    for place in order:
        allowed = most if wanted.get(place, True) else min(must, most)
        units = min(left[place], allowed - sum(taken.values()))
        if units > 0:
            taken[place] = units
            left[place] -= units
    return taken
