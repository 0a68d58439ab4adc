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
from promotions.engine.offers import Offer
from promotions.engine.prospects import Contender, Prospect

MANY = 20
NO_LIMIT = 1_000_000


def contenders(board: Board) -> list[Contender]:
    """In the rules' order."""
    return _contenders(board, _offers(board, False), False)


def splitting(board: Board, at_most: int) -> list[Contender] | None:
    """With those whose only use is to split a line, so that a receipt rule gets a part of it.

    None if there are more.
    """
    offers = _offers(board, True, at_most)
    return None if len(offers) > at_most else _contenders(board, offers, True)


def _contenders(board: Board, offers: dict[int, Offer], is_splitting: bool) -> list[Contender]:
    if not offers:
        return []
    finder = Finder(board.rows)
    left = {row.place: row.count for row in board.rows}
    found = []
    for rank in sorted(offers):
        contest = Contest(offers[rank], finder)
        if not contest.most_uses(left):
            continue
        each = Contender(contest, *_prospects(board, contest, is_splitting))
        if max(each.brings(1)) >= 0:
            found.append(each)
    return found


def _prospects(
    board: Board, contest: Contest, is_splitting: bool
) -> tuple[list[Prospect], list[Prospect]]:
    """Of each set, for what is left to pay and for what one-per-item rules save.

    On a line where rules combine, what a trigger loses may be nothing in the end, so for what is
    left to pay only what targets win is counted.
    """
    is_free = is_splitting or not contest.is_one_per_item
    soft, firm = [], []
    for part, lines in zip(contest.parts, contest.lines, strict=True):
        for_cost, for_saving = Prospect(part), Prospect(part)
        for place in lines:
            row = board.rows[place]
            loss = 0 if is_free else least_loss(board, place)
            win = board.gains.most_on_unit(contest.offer, row) - loss
            for_saving.add(row.count, win, loss)
            if board.combining and board.combining[place]:
                win, loss = max(win, 0), 0
            for_cost.add(row.count, win, loss)
        soft.append(for_cost)
        firm.append(for_saving)
    return soft, firm


def strongest(board: Board, found: list[Contender], number: int) -> list[Contender]:
    """Those that could lower what is left to pay most, none that could only settle ties."""
    could = [(-_lowers(board, each), rank) for rank, each in enumerate(found)]
    return [found[rank] for most, rank in sorted(sorted(could)[:number], key=_rank) if most]


def _lowers(board: Board, each: Contender) -> int:
    """Not below zero: where rules combine, many lines cost nothing without it."""
    contest = each.contest
    could = {
        place
        for part, lines in zip(contest.parts, contest.lines, strict=True)
        for place in lines
        if part.targets
    }
    return min(each.cost, sum([board.base[place].cost for place in could]))


def _rank(pair: tuple[int, int]) -> int:
    return pair[1]


def _offers(board: Board, is_splitting: bool, at_most: int = NO_LIMIT) -> dict[int, Offer]:
    """Those with a target that some line could use."""
    found: dict[int, Offer] = {}
    for row, stack in zip(board.rows, board.stacks, strict=True):
        if len(found) > at_most:
            return found
        if stack.competing:
            least = 0 if is_splitting else least_loss(board, row.place)
            plain = board.plain(row.place, row.count)[1]
            latest = -1 if plain is None else plain.rank
            for ladder in stack.competing:
                _add_better(board, ladder, row.place, (least, latest), found)
        for ladder in stack.combining_sets:
            _add_better(board, ladder, row.place, (0, -1), found)
    return found


def _add_better(
    board: Board,
    ladder: Iterable[tuple[Offer, ...]],
    place: int,
    than: tuple[int, int],
    found: dict[int, Offer],
) -> None:
    least, latest = than
    row = board.rows[place]
    for offers in ladder:
        most = board.gains.most_on_unit(offers[0], row)
        if most < least or not most:
            return
        for offer in offers:
            if most == least and offer.rank > latest:
                break
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
