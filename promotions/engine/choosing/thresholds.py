"""One-per-item rules on the receipt that give by what it comes to after line discounts (L20).

Each tier of such a rule is tried as a rule of its own, first as if it asked for nothing. Mostly the
best choice then is one that counts: it leaves as much as the tier asks for, and less than the next
one does. Else the best of those that count is searched (reaching.py), unless even a receipt of just
so much would be no better than the best by now.
"""

from promotions.engine.choosing.board import Board
from promotions.engine.choosing.choice import FEW, Choice, Chooser
from promotions.engine.choosing.goals import Goal
from promotions.engine.choosing.margins import splitting
from promotions.engine.choosing.prospects import Contender
from promotions.engine.choosing.reaching import Reaching
from promotions.engine.choosing.search import FEW_UNITS
from promotions.engine.choosing.settled import Takes
from promotions.engine.offers import Offer


def choose_by_thresholds(board: Board) -> Choice:
    """The best choice with any one-per-item rule on the receipt, with thresholds or without."""
    thresholds = Thresholds(Chooser(board))
    for offer in board.shelf.tiered:
        if board.passes(offer):
            for tier in offer.tiers:
                thresholds.try_one(tier)
    thresholds.best.is_exact = thresholds.is_exact
    return thresholds.best


class Thresholds:
    """The best choice by now, and whether it is certain."""

    def __init__(self, chooser: Chooser) -> None:
        self.chooser = chooser
        self.board = chooser.board
        without = chooser.without
        # Before the best is known, which may be the same choice and is told to be less certain.
        self.lowest = _amount(without) if without.is_exact else 0
        bare = [self.board.settle(row.place, bare=True) for row in self.board.rows]
        self.highest = sum([settled.cost for settled in bare])
        self.best: Choice = chooser.best(())
        self.is_exact: bool = self.best.is_exact

    def try_one(self, tier: Offer) -> None:
        if not self._could_be_better(tier):
            return
        goal = Goal(self.board, tier)
        free = self.chooser.with_receipt(goal)
        if free is None:
            return
        if tier.least <= _amount(free) < tier.below:
            self._judge(free)
        elif not free.is_exact or free.value < self.best.value:
            self._reach(Goal(self.board, tier), tier)

    def _could_be_better(self, tier: Offer) -> bool:
        """What a receipt leaves to pay grows with what it comes to."""
        if tier.least > self.highest or tier.below <= self.lowest:
            return False
        amount = max(tier.least, self.lowest)
        least, best = amount - self.board.gains.on_receipt(tier, amount), self._cost()
        # As good by less off lines is not better, unless what combines made up for it.
        is_no_better = amount > _amount(self.best) and not self.board.combining
        return least < best or (least == best and not is_no_better)

    def _cost(self) -> int:
        return int(self.best.value.first[0])

    def _reach(self, goal: Goal, tier: Offer) -> None:
        contests = splitting(self.board, FEW)
        search = Reaching(goal, tier, self._cost())
        nothing: list[Takes] = [()] * len(self.board.rows)
        if contests is not None and _are_few(self.board, contests):
            search.run(nothing, contests)
        else:
            # Too many ways: what contests take without it stays, or they take nothing.
            self.is_exact = False
            search.run(self.chooser.without.takes)
            search.run(nothing)
        self.is_exact &= search.is_exact
        if search.found is not None:
            self._judge(Choice(goal, *search.found, True))

    def _judge(self, tried: Choice) -> None:
        self.is_exact &= tried.is_exact
        if tried.value < self.best.value:
            self.best = tried


def _are_few(board: Board, contests: list[Contender]) -> bool:
    wanted = {place for each in contests for place in each.contest.places}
    return sum([board.rows[place].count for place in wanted]) <= FEW_UNITS


def _amount(choice: Choice) -> int:
    """What is left to pay after line discounts."""
    return sum([settled.cost for settled in choice.chosen])
