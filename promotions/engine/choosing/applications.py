"""The application that brings most to what has been chosen so far: a step of the greedy choice."""

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from promotions.engine.choosing.contests import Contest, Counts, Left, added
from promotions.engine.choosing.prospects import Contender
from promotions.engine.gains import Money

if TYPE_CHECKING:
    from promotions.engine.choosing.search import Search, Undo

Application = tuple[Contest, Counts]
Order = tuple[list[int], set[int], list[int]]
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
    used = [0] * len(search.contenders)
    orders = [_orders(each) for each in search.contenders]
    tried: dict[int, Counts | None] = {}
    while waiting:
        cost, saving, number, when = heappop(waiting)
        contest = search.contenders[number].contest
        if when != len(applied):
            counts = tried[number] = _best_counts(search, contest, orders[number])
            brought = (0, 0) if counts is None else _brought(search, contest, counts)
            if brought > (0, 0):
                heappush(waiting, (-brought[0], -brought[1], number, len(applied)))
            continue
        counts = tried[number]
        assert counts is not None  # noqa: S101 it brought something
        left = None if contest.uses is None else contest.uses - used[number]
        times = _times(search, contest, counts, (-cost, -saving), left)
        application = contest, _repeated(counts, times)
        applied.append((application, search.put(*application)))
        used[number] += times
        if times != left:
            heappush(waiting, (cost, saving, number, -1))
    return applied


def _brought(search: "Search", contest: Contest, counts: Counts) -> Brought:
    undo = search.put(contest, counts)
    brought = undo[0] - search.cost, search.saved - undo[1]
    search.take_back(contest, counts, undo)
    return brought


def _times(
    search: "Search", contest: Contest, counts: Counts, once: Brought, uses: int | None
) -> int:
    """As often at once as units and uses last, or half of that and so on, until it brings more
    than once does: one by one a million units would take a million steps."""
    left = search.left_for(contest)
    times = min([left[place] // sum(taken) for place, taken in counts.items()])
    if uses is not None:
        times = min(times, uses)
    while times > 1 and _brought(search, contest, _repeated(counts, times)) <= once:
        times //= 2
    return max(times, 1)


def _repeated(counts: Counts, times: int) -> Counts:
    return {place: (a * times, b * times) for place, (a, b) in counts.items()}


def _orders(each: Contender) -> list[Order]:
    """By set: lines by what a target wins, those of them that win, and by what a trigger loses."""
    found: list[Order] = []
    margins = each.margins
    of_win = 2 if each.contest.is_one_per_item else 0
    for lines in each.contest.lines:
        by_win = sorted(lines, key=lambda place: -margins[place][of_win])
        wanted = {place for place in lines if margins[place][of_win] > 0}
        # Of lines that lose the same the cheapest are triggers: the dear ones can be targets yet.
        cheapest_first = lines[::-1]
        by_loss = sorted(cheapest_first, key=lambda place: margins[place][3])
        found.append((by_win, wanted, by_loss))
    return found


def _best_counts(search: "Search", contest: Contest, orders: list[Order]) -> Counts | None:
    """The units that one application takes: by what targets win, and triggers cost, one by one."""
    left = search.left_for(contest)
    counts: Counts = {}
    for part, (by_win, wanted, by_loss) in zip(contest.parts, orders, strict=True):
        if sum([left[place] for place in by_win]) < part.least:
            return None
        must = part.least if part.targets >= part.required else part.targets
        targets = _taken(by_win, left, part.targets, wanted, must)
        most = max(part.required - part.targets, 0)
        triggers = _taken(by_loss, left, most, set(), most)
        counts = added(counts, targets, triggers)
    return counts


def _taken(order: list[int], left: Left, most: int, wanted: set[int], must: int) -> Left:
    """Up to so many units off `left`, beyond what must be only of lines where they are wanted."""
    taken: Left = {}
    number = 0
    for place in order:
        if number >= most:
            break
        allowed = most if place in wanted else min(must, most)
        units = min(left[place], allowed - number)
        if units > 0:
            taken[place] = units
            left[place] -= units
            number += units
    return taken
