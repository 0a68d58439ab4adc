"""All ways in which a line can be settled, not only the best."""

from promotions.engine.choosing.board import Board
from promotions.engine.choosing.plain import Best
from promotions.engine.choosing.settled import Settled, Takes
from promotions.engine.offers import Offer


class Ways(Board):
    """A board on which the plain rule of a line is not the best, but one that is told."""

    def __init__(self, board: Board) -> None:
        self.told: dict[int, Best] = {}
        self._known: dict[tuple[int, Takes], list[Settled]] = {}
        super().__init__(board.rows, board.shelf, board.gains, board.passes, combines=True)

    def plain(self, place: int, units: int) -> Best:
        return self.told.get(place, (0, None))

    def of_line(self, place: int, takes: Takes) -> list[Settled]:
        """With none of the plain rules, and with each that saves something on what is left."""
        found = self._known.get((place, takes))
        if found is None:
            found = [self._settled(place, takes, True)]
            taken = [a + b for contest, a, b in takes if contest.is_one_per_item]
            left = self.rows[place].count - sum(taken)
            for gain, offer in self._savers(place, left) if left else ():
                self.told[place] = gain, offer
                found.append(self._settled(place, takes, False))
            self._known[place, takes] = found
        return found

    def _savers(self, place: int, units: int) -> list[tuple[int, Offer]]:
        """Of those that save the same the earliest, which wins all ties."""
        found: dict[int, Offer] = {}
        for offer in [o for ladder in self.stacks[place].plain for step in ladder for o in step]:
            gain = self.gains.on_line(offer, self.rows[place], units)
            is_first = gain not in found or offer.rank < found[gain].rank
            if gain and is_first and self.passes(offer):
                found[gain] = offer
        return list(found.items())
