"""The best assignment of units to offers that compete for them: branch and bound."""

from collections.abc import Iterable, Sequence

from promotions.engine.board import Board, Settled, Takes
from promotions.engine.contests import Contest, Counts
from promotions.engine.goals import Goal, Savings

STEPS = 20_000


class Search:
    def __init__(self, board: Board, goal: Goal, steps: int = STEPS) -> None:
        self.board = board
        self.goal = goal
        self.steps = steps
        rows = board.rows
        self.left_one = [row.count for row in rows]
        self.left_set = [row.count for row in rows]
        self.takes: list[Takes] = [()] * len(rows)
        self.best: tuple[int, Savings] | None = None
        self.found: list[Settled] = []

    def run(self) -> tuple[list[Settled], bool]:
        self._descend(0)
        return self.found, self.steps > 0

    def _descend(self, number: int) -> None:
        if number == len(self.board.contests):
            self._judge()
            return
        contest = self.board.contests[number]
        for counts in contest.fills(self._left(contest)):
            self.steps -= 1
            if self.steps < 0 and self.best is not None:
                return
            self._put(number, contest, counts, 1)
            self._descend(number + 1)
            self._put(number, contest, counts, -1)

    def _left(self, contest: Contest) -> list[int]:
        if not contest.is_set:
            return self.left_one
        if not contest.is_one_per_item:
            return self.left_set
        return [min(a, b) for a, b in zip(self.left_one, self.left_set, strict=True)]

    def _put(self, number: int, contest: Contest, counts: Counts, sign: int) -> None:
        for place, (targets, triggers) in counts.items():
            units = sign * (targets + triggers)
            if contest.is_one_per_item:
                self.left_one[place] -= units
            if contest.is_set:
                self.left_set[place] -= units
            takes = self.takes[place]
            self.takes[place] = (
                (*takes, (number, targets, triggers)) if sign > 0 else takes[:-1]
            )

    def _judge(self) -> None:
        pairs = [self.board.settle(place, takes) for place, takes in enumerate(self.takes)]
        cost, chosen = self.goal.least(pairs)
        value = cost, Savings(chosen, self.goal)
        if self.best is None or value < self.best:
            self.best, self.found = value, chosen


__all__ = ["Search", "Iterable", "Sequence"]
