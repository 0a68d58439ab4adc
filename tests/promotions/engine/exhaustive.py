"""Every way to fill the contests of a board, counted by line: no bound, no order, no greed.

What a line costs when its takers are known is asked of the engine's board, which oracle.py holds to
the law. So baskets may be larger than the oracle's.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product

from promotions.engine import Kind
from promotions.engine.choosing.board import Board
from promotions.engine.choosing.contests import Contest, Finder
from promotions.engine.choosing.goals import AFTER_LINES
from promotions.engine.choosing.settled import Settled, Takes
from promotions.engine.gains import Money
from promotions.engine.offers import Offer, Part

Way = tuple[tuple[int, int], ...]
"""Of each line, targets and triggers."""
Known = tuple[tuple[int, int], dict[int, int]]
Worth = tuple[int, int, list[tuple[int, int]]]
"""What is left to pay, what one-per-item rules save (negative), and the latter by rule."""


def worth_of(board: Board, chosen: Sequence[Settled], receipt: Offer | None) -> Known:
    free = sum([settled.free for settled in chosen])
    off = board.gains.on_receipt(receipt, free) if receipt else 0
    saved: dict[int, int] = {AFTER_LINES + receipt.rank: off} if receipt else {}
    for settled in chosen:
        for offer, _, gain in settled.shares:
            if offer.one_per_item or offer.is_set:
                saved[offer.rank] = saved.get(offer.rank, 0) + gain
    cost = sum([settled.cost for settled in chosen]) - off
    return (cost, -sum([settled.saved for settled in chosen])), saved


def ranked(saved: dict[int, int]) -> list[tuple[int, int]]:
    return sorted((rank, gain) for rank, gain in saved.items() if gain)


def best_of_all(board: Board, offers: Iterable[Offer], receipts: Iterable[Offer] = ()) -> Worth:
    """The least of all ways of these offers, with each of these receipt rules and with none."""
    takes = list(assignments(board, offers))
    found = [_best_with(board, takes, receipt) for receipt in (None, *receipts)]
    first, saved = _best(found)
    return *first, ranked(saved)


def _best_with(board: Board, takes: Iterable[list[Takes]], receipt: Offer | None) -> Known:
    """Of ways with one percentage the best is the one before that is rounded."""
    found: list[Known] = []
    least: tuple[Money, int] | None = None
    for one in takes:
        for chosen in _released(board, one, receipt):
            each = worth_of(board, chosen, receipt)
            exact = _unrounded(board, chosen, receipt) or each[0][0], each[0][1]
            if least is None or exact < least:
                least, found = exact, [each]
            elif exact == least and each not in found:
                found.append(each)
    return _best(found)


def _best(found: Iterable[Known]) -> Known:
    least = min(first for first, _ in found)
    equal = [each for each in found if each[0] == least]
    ranks = sorted({rank for _, saved in equal for rank in saved})
    return max(equal, key=lambda each: [each[1].get(rank, 0) for rank in ranks])


def _unrounded(board: Board, chosen: Sequence[Settled], receipt: Offer | None) -> Money:
    if receipt is None or receipt.kind is not Kind.PERCENTAGE:
        return 0
    times, by = board.gains.receipt_rate(receipt)
    return sum([settled.cost - Fraction(settled.free * times, by) for settled in chosen])


def _released(board: Board, takes: Sequence[Takes], receipt: Offer | None) -> Iterator[Settled]:
    """With and without the plain offer of each line, if a rule on the receipt could have it."""
    each_line = []
    for place, taken in enumerate(takes):
        held = board.settle(place, taken)
        is_certain = receipt is None or held.plain is None
        each_line.append([held] if is_certain else [held, board.settle(place, taken, bare=True)])
    return product(*each_line)


def assignments(board: Board, offers: Iterable[Offer]) -> Iterator[list[Takes]]:
    finder = Finder(board.rows)
    contests = [(Contest(offer, finder), ways(offer, board)) for offer in offers]
    counts = tuple(row.count for row in board.rows)
    return _assigned(contests, counts, counts, [()] * len(counts))


def _assigned(
    contests: Sequence[tuple[Contest, set[Way]]],
    left_one: tuple[int, ...],
    left_set: tuple[int, ...],
    takes: list[Takes],
) -> Iterator[list[Takes]]:
    if not contests:
        yield takes
        return
    contest, found = contests[0]
    for way in found:
        units = [targets + triggers for targets, triggers in way]
        one = _less(left_one, units) if contest.is_one_per_item else left_one
        sets = _less(left_set, units) if contest.is_set else left_set
        if min(one) >= 0 and min(sets) >= 0:
            more: list[Takes] = [
                (*taken, (contest, *pair)) if sum(pair) else taken
                for taken, pair in zip(takes, way, strict=True)
            ]
            yield from _assigned(contests[1:], one, sets, more)


def _less(left: tuple[int, ...], units: Iterable[int]) -> tuple[int, ...]:
    return tuple(count - taken for count, taken in zip(left, units, strict=True))


def ways(offer: Offer, board: Board) -> set[Way]:
    """What up to so many uses of the offer can take, none included."""
    none = ((0, 0),) * len(board.rows)
    reached, last = {none}, {none}
    for _ in range(offer.uses or sum(row.count for row in board.rows)):
        for part in offer.parts:
            last = {more for way in last for more in _with_part(way, part, board)}
        reached |= last
    return reached


def _with_part(way: Way, part: Part, board: Board) -> Iterator[Way]:
    least = max(part.required, 1)
    for size in range(least, max(least, part.targets) + 1):
        targets = min(size, part.targets)
        for some in _with_units(way, part, board, 0, targets):
            yield from _with_units(some, part, board, 1, size - targets)


def _with_units(way: Way, part: Part, board: Board, role: int, units: int) -> set[Way]:
    found = {way}
    for _ in range(units):
        found = {
            (*one[:place], _one_more(pair, role), *one[place + 1 :])
            for one in found
            for place, pair in enumerate(one)
            if sum(pair) < board.rows[place].count and part.keys & board.rows[place].keys
        }
    return found


def _one_more(pair: tuple[int, int], role: int) -> tuple[int, int]:
    return pair[0] + (role == 0), pair[1] + (role == 1)
