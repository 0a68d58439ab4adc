"""The best choice of who gets what of each line, with or without a one-per-item receipt rule."""

from collections.abc import Iterable
from typing import Final

from promotions.engine.choosing.board import Board
from promotions.engine.choosing.goals import Goal, Value
from promotions.engine.choosing.lone import Lone
from promotions.engine.choosing.margins import contenders, splitting, strongest
from promotions.engine.choosing.prospects import Contender
from promotions.engine.choosing.receipts import helped, is_best_on_top
from promotions.engine.choosing.search import Search, components
from promotions.engine.choosing.settled import Settled, Takes
from promotions.engine.offers import Offer

FEW: Final = 4
"""Contests that are searched again with a receipt rule. Of more, what they take without it stays,
and only lines are left to it."""

MANY: Final = 12
"""Contests that are looked at; of more, those that could lower most what is left to pay."""

STEPS_OF_MANY: Final = 20
"""Where not all contests are looked at, so that no search could make the quote exact."""


class Choice:
    """How each line is settled, and the one-per-item rule on the receipt if one is worth it."""

    __slots__ = ("chosen", "is_exact", "receipt", "takes", "value")

    def __init__(
        self, goal: Goal, chosen: list[Settled], takes: list[Takes], is_exact: bool
    ) -> None:
        self.receipt = goal.receipt
        self.takes = takes
        self.chosen = chosen
        self.is_exact = is_exact
        self.value: Value = goal.value(chosen)


def choose(board: Board, more: Iterable[Offer] = ()) -> Choice:
    """The best choice with no one-per-item rule on the receipt, or with any of those.

    `more`: rules on the receipt beside those of the shelf.
    """
    return Chooser(board).best(more)


class Chooser:
    """What is known of a board with no rule on the receipt, and is used again for each of those."""

    __slots__ = ("board", "found", "is_exact", "without")

    def __init__(self, board: Board) -> None:
        self.board = board
        found = contenders(board)
        self.is_exact = len(found) <= MANY
        """Whether all contests are looked at."""
        self.found = found if self.is_exact else strongest(board, found, MANY)
        steps = None if self.is_exact else STEPS_OF_MANY
        self.without = _searched(Goal(board), self.found, [()] * len(board.rows), steps)
        self.without.is_exact &= self.is_exact

    def best(self, more: Iterable[Offer]) -> Choice:
        best, is_exact = self.without, self.without.is_exact
        for receipt in [*_receipts(self.board), *more]:
            tried = self.with_receipt(Goal(self.board, receipt))
            if tried is not None:
                is_exact &= tried.is_exact
                if tried.value < best.value:
                    best = tried
        best.is_exact = is_exact
        return best

    def with_receipt(self, goal: Goal) -> Choice | None:
        """With a rule on the receipt; None if it can't be worth it, whatever is left to it."""
        if goal.by_line:
            return _with_percentage(goal, self.without, self.found)
        return _with_amount(goal, self.without)


def _with_percentage(goal: Goal, without: Choice, found: list[Contender]) -> Choice | None:
    """With a receipt rule; None if it can't be worth it, whatever is left to it.

    Only contests on lines that it could help are searched again.
    """
    places = helped(goal, found)
    if not places:
        return None
    again = [
        each
        for together in components(found)
        if any(not places.isdisjoint(each.contest.places) for each in together)
        for each in together
    ]
    if len(again) <= FEW:
        return _searched(goal, again, without.takes)
    chosen, _ = goal.all_lines(without.takes)
    return Choice(goal, chosen, without.takes, False)


def _with_amount(goal: Goal, without: Choice) -> Choice | None:
    """With an amount off the receipt, or its fixed price."""
    if not goal.slack:
        return None
    if is_best_on_top(goal, without.chosen):
        return Choice(goal, without.chosen, without.takes, without.is_exact)
    together = splitting(goal.board, FEW)
    if together is not None and len(together) <= FEW:
        return _searched(goal, together, [()] * len(goal.board.rows))
    chosen, _ = goal.all_lines(without.takes)
    return Choice(goal, chosen, without.takes, False)


def _searched(
    goal: Goal, found: list[Contender], takes: list[Takes], steps: int | None = None
) -> Choice:
    """`takes`: of the lines that none of these contests wants."""
    taken = list(takes)
    is_exact = True
    for together in components(found) if goal.by_line else [found] if found else []:
        found_here, is_certain = _best_takes(goal, together, steps)
        is_exact &= is_certain
        for place, best in found_here.items():
            taken[place] = best
    chosen, is_certain = goal.all_lines(taken)
    return Choice(goal, chosen, taken, is_exact and is_certain)


def _best_takes(
    goal: Goal, together: list[Contender], steps: int | None
) -> tuple[dict[int, Takes], bool]:
    """By line, for contests that share lines; whether that is the best."""
    if len(together) == 1 and goal.by_line:
        found = Lone(goal, together[0]).run()
        if found is not None:
            return found, True
    search = Search(goal, together, steps)
    return search.run(), search.is_exact


def _receipts(board: Board) -> list[Offer]:
    """Of each kind the best that takes part, and earlier ones that are as good on all lines."""
    covered = sum([row.price for row in board.rows])
    found = []
    for ladder in board.shelf.on_receipt:
        most, latest = 0, -1
        for offers in ladder:
            gain = board.gains.on_receipt(offers[0], covered)
            if gain < most or not gain:
                break
            offer = next((o for o in offers if board.passes(o)), None)
            if offer is not None and (not most or offer.rank < latest):
                most, latest = gain, offer.rank
                found.append(offer)
    return found
