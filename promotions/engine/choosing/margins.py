"""Which contests can matter at all, and the most that each could bring.

A unit is worth at least what plain offers lose when it is taken from them: the least step of the
best plain saving as units are added. A one-per-item rule with no target that saves more than that
changes nothing for the better: give its units to the plain offers. If it saves just as much it may
still win a tie, if it is earlier. This stays true whatever combines, as combining rules never turn
a lower running price into a higher one.
"""

from typing import Final

from promotions.engine.choosing.board import Board
from promotions.engine.choosing.contests import Contest, Finder
from promotions.engine.choosing.prospects import Contender, Prospect
from promotions.engine.offers import Offer
from promotions.engine.rows import Row
from promotions.engine.rules import Kind
from promotions.engine.shelves import Ladders

MANY: Final = 20
NO_LIMIT: Final = 1_000_000


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
        each = _contender(board, contest, is_splitting)
        if each.brings(1) >= (0, 0):
            found.append(each)
    return found


def _contender(board: Board, contest: Contest, is_splitting: bool) -> Contender:
    margins = {place: _margin(board, contest, place, is_splitting) for place in contest.places}
    for_cost, for_saving = [], []
    for part, lines in zip(contest.parts, contest.lines, strict=True):
        cost, saving = Prospect(part), Prospect(part)
        for place in lines:
            count = board.rows[place].count
            win, loss, saves, loses = margins[place]
            cost.add(count, win, loss)
            saving.add(count, saves, loses)
        for_cost.append(cost)
        for_saving.append(saving)
    return Contender(contest, for_cost, for_saving, margins)


def _margin(
    board: Board, contest: Contest, place: int, is_splitting: bool
) -> tuple[int, int, int, int]:
    """Of a unit of the line, for what is left to pay and for what one-per-item rules save.

    On a line where rules combine, what a trigger loses may be nothing in the end, so for what is
    left to pay only what targets win is counted, and of that what combining rules leave.
    """
    win = board.gains.most_on_unit(contest.offer, board.rows[place])
    saves = loss = 0
    if contest.is_one_per_item:
        loss = 0 if is_splitting else least_loss(board, place)
        win -= loss
        saves = win
    if board.combining and board.combining[place]:
        return _left_of(board, contest, place, win), 0, saves, loss
    return win, loss, saves, loss


def _left_of(board: Board, contest: Contest, place: int, win: int) -> int:
    """How much less is to be paid at most, if a unit wins so much and rules combine on its line.

    Each percentage of all units takes its part of what is won, too. Whatever combines moves by a
    cent at most when it is rounded. Nor is more won than is paid without any one-per-item rule.
    """
    if win <= 0:
        return 0
    offer, part = contest.offer, 1.0
    is_first = contest.is_one_per_item or offer.kind is Kind.PERCENTAGE
    count = board.rows[place].count
    for other, units in board.combining[place]:
        is_after = is_first or other.rank > offer.rank
        if is_after and other.kind is Kind.PERCENTAGE and units == count:
            part *= 1 - other.numerator / other.denominator
    could = int(win * part) + 2 + len(board.combining[place])
    return min(win, could, board.settle(place, bare=True).cost)


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
            _add_better(board, stack.competing, row, (least, latest), found)
        if stack.combining_sets:
            _add_better(board, stack.combining_sets, row, (0, -1), found)
    return found


def _add_better(
    board: Board, ladders: Ladders, row: Row, than: tuple[int, int], found: dict[int, Offer]
) -> None:
    least, latest = than
    gains, passes = board.gains, board.passes
    for ladder in ladders:
        for offers in ladder:
            most = gains.most_on_unit(offers[0], row)
            if most < least or not most:
                break
            for offer in offers:
                if most == least and offer.rank > latest:
                    break
                if offer.rank not in found and passes(offer):
                    found[offer.rank] = offer


def least_loss(board: Board, place: int) -> int:
    """What the line's best plain saving falls by, at least, with each unit taken from it."""
    found = board.losses.get(place)
    if found is None:
        found = board.losses[place] = _least_loss(board, place)
    return found


def _least_loss(board: Board, place: int) -> int:
    row = board.rows[place]
    whole, best = board.plain(place, row.count)
    if row.count == 1 or best is None:
        return whole
    if not board.stacks[place].by_line:
        return board.gains.least_on_unit(best, row)
    if row.count > MANY:
        return 0
    least = before = board.plain(place, 1)[0]
    for units in range(2, row.count + 1):
        gain = board.plain(place, units)[0]
        least, before = min(least, gain - before), gain
        if least <= 0:
            return 0
    return least
