"""Which contests can matter at all, and the most that each could bring.

A unit is worth at least what plain offers lose when it is taken from them: the least step of the
best plain saving as units are added. A one-per-item rule with no target that saves more than that
changes nothing for the better: give its units to the plain offers. If it saves just as much it may
still win a tie, if it is earlier. This stays true whatever combines, as combining rules never turn
a lower running price into a higher one.
"""

import itertools
from collections.abc import Iterable

from promotions.engine.board import Board
from promotions.engine.contests import Contest, Finder
from promotions.engine.offers import Offer, Part

MANY = 20
Losses = list[tuple[int, int]]
"""Of lines: what a unit costs the plain offers, and the place."""


class Contender:
    """A contest with the most one application could lower the cost, and raise the saving."""

    __slots__ = ("contest", "cost", "saving")

    def __init__(self, contest: Contest, cost: int, saving: int) -> None:
        self.contest = contest
        self.cost = cost
        self.saving = saving


def contenders(board: Board, is_splitting: bool = False) -> list[Contender]:
    """`is_splitting`: a line may be split to leave a part of it to a receipt rule."""
    offers = _offers(board, is_splitting)
    if not offers:
        return []
    finder = Finder(board.rows)
    left = {row.place: row.count for row in board.rows}
    found = []
    for rank in sorted(offers):
        contest = Contest(offers[rank], finder)
        if not contest.most_uses(left):
            continue
        cost, saving = _most(board, contest, is_splitting)
        if cost >= 0 or saving >= 0:
            found.append(Contender(contest, max(cost, 0), max(saving, 0)))
    return found


def _offers(board: Board, is_splitting: bool) -> dict[int, Offer]:
    """Those with a target that some line could use."""
    found: dict[int, Offer] = {}
    for row, stack in zip(board.rows, board.stacks, strict=True):
        if stack.competing:
            least = 0 if is_splitting else least_loss(board, row.place)
            plain = board.plain(row.place, row.count)[1]
            latest = -1 if plain is None else plain.rank
            for offers in stack.competing:
                _add_better(board, offers, row.place, (least, latest), found)
        for offers in stack.combining_sets:
            _add_better(board, offers, row.place, (0, -1), found)
    return found


def _add_better(
    board: Board,
    offers: Iterable[Offer],
    place: int,
    than: tuple[int, int],
    found: dict[int, Offer],
) -> None:
    least, latest = than
    row = board.rows[place]
    for offer in offers:
        most = board.gains.most_on_unit(offer, row)
        if most < least or not most:
            return
        if most == least and offer.rank > latest:
            continue
        if offer.rank not in found and board.passes(offer):
            found[offer.rank] = offer


def least_loss(board: Board, place: int) -> int:
    """What the line's best plain saving falls by, at least, with each unit taken from it."""
    found = board.losses.get(place)
    if found is None:
        found = board.losses[place] = _least_loss(board, place)
    return found


def _least_loss(board: Board, place: int) -> int:
    row = board.rows[place]
    whole = board.plain(place, row.count)[0]
    if row.count == 1 or not whole:
        return whole
    if not board.stacks[place].by_line:
        # Offers on units give the same for each of them, but for rounding.
        return max(board.plain(place, 1)[0] - 1, 0)
    if row.count > MANY:
        return 0
    gains = [board.plain(place, units)[0] for units in range(row.count + 1)]
    return max(min(b - a for a, b in itertools.pairwise(gains)), 0)

def _most(board: Board, contest: Contest, is_splitting: bool) -> tuple[int, int]:
    """Of one application: how much less is left to pay, and how much more one-per-item rules save.

    Sets are looked at apart from each other. Where rules combine, what a trigger loses may be
    nothing in the end, so only what targets win is counted.
    """
    cost = saving = 0
    is_free = is_splitting or not contest.is_one_per_item
    for part, lines in zip(contest.parts, contest.lines, strict=True):
        losses = [(0 if is_free else least_loss(board, place), place) for place in lines]
        won = _won(board, contest.offer, part, losses) if part.targets else []
        lost = _lost(board, part, losses) if part.targets < part.required else 0
        saving += sum(won) - lost
        cost += sum([gain for gain in won if gain > 0]) if board.combining else sum(won) - lost
    return cost, saving


def _won(board: Board, offer: Offer, part: Part, losses: Losses) -> list[int]:
    """By the best targets; no more of them than must be where they win nothing."""
    won: list[int] = []
    for loss, place in losses:
        row = board.rows[place]
        units = min(row.count, part.targets)
        won += [board.gains.most_on_unit(offer, row) - loss] * units
    won.sort(reverse=True)
    must = part.least if part.targets >= part.required else part.targets
    return [gain for place, gain in enumerate(won[: part.targets]) if place < must or gain > 0]


def _lost(board: Board, part: Part, losses: Losses) -> int:
    """By the cheapest triggers."""
    missing, lost = part.required - part.targets, 0
    for loss, place in sorted(losses):
        units = min(missing, board.rows[place].count)
        lost += loss * units
        missing -= units
        if not missing:
            break
    return lost
