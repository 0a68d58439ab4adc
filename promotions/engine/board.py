"""Who may take what: the lines of one basket with the offers that want units of them."""

from collections.abc import Sequence

from promotions.engine.contests import Contest
from promotions.engine.gains import Gains
from promotions.engine.offers import Offer
from promotions.engine.pieces import Money, Piece, take_dearest, take_off
from promotions.engine.rows import Row

Take = tuple[int, int, int]
"""A contest's number, its targets and its triggers on a line."""
Takes = tuple[Take, ...]
Share = tuple[Offer, int, int]
"""What an offer did to a line: its units and what it gave; nothing for triggers."""


class Settled:
    """A line when it is known who takes what: what is left to pay, and of it in free units."""

    __slots__ = ("cost", "free", "free_units", "plain", "shares")

    def __init__(
        self, cost: int, free: Money, free_units: int, plain: Offer | None, shares: list[Share]
    ) -> None:
        self.cost = cost
        self.free = free
        self.free_units = free_units
        self.plain = plain
        self.shares = shares


class Board:
    """The rows, the offers on each, and the settled lines that were asked for before."""

    __slots__ = ("_memo", "combining", "contests", "gains", "plains", "rows")

    def __init__(
        self,
        rows: list[Row],
        gains: Gains,
        plains: Sequence[Sequence[Offer]],
        combining: Sequence[Sequence[tuple[Offer, int]]],
        contests: list[Contest],
    ) -> None:
        self.rows = rows
        self.gains = gains
        self.plains = plains
        self.combining = combining
        self.contests = contests
        self._memo: dict[tuple[int, Takes], tuple[Settled, Settled]] = {}

    def settle(self, place: int, takes: Takes) -> tuple[Settled, Settled]:
        """With the best plain offer on the units that are left, and without any."""
        found = self._memo.get((place, takes))
        if found is None:
            found = self._memo[place, takes] = self._settle(place, takes)
        return found

    def _settle(self, place: int, takes: Takes) -> tuple[Settled, Settled]:
        bare = self._with(place, takes, None)
        best = bare
        for plain in self.plains[place]:
            tried = self._with(place, takes, plain)
            is_plain = tried.plain is not None
            if is_plain and (tried.cost < best.cost or (tried.cost == best.cost and best is bare)):
                best = tried
        return best, bare

    def _with(self, place: int, takes: Takes, plain: Offer | None) -> Settled:
        row = self.rows[place]
        left = row.count
        pieces: list[Piece] = []
        shares: list[Share] = []
        for number, targets, triggers in takes:
            contest = self.contests[number]
            if contest.is_one_per_item:
                left -= targets + triggers
                self._take(row, contest, targets, triggers, pieces, shares)
        if left and plain is not None:
            gain = self.gains.on_line(plain, row, left)
            if gain:
                shares.append((plain, left, gain))
                pieces.append(Piece(left, _part(row, left) - gain, False, False))
            else:
                plain = None
        if left and plain is None:
            pieces.append(Piece(left, _part(row, left), True, False))
        shares += self._combine(place, takes, pieces)
        left_to_pay = int(sum(piece.total for piece in pieces))
        cost = self.gains.cost(left_to_pay, sum(gain for _, _, gain in shares))
        free = [piece for piece in pieces if piece.is_free]
        taken = plain if left else None
        return Settled(
            cost, sum(p.total for p in free), sum(p.count for p in free), taken, shares
        )

    def _take(
        self,
        row: Row,
        contest: Contest,
        targets: int,
        triggers: int,
        pieces: list[Piece],
        shares: list[Share],
    ) -> None:
        if targets:
            gain = self.gains.on_line(contest.offer, row, targets)
            shares.append((contest.offer, targets, gain))
            pieces.append(Piece(targets, _part(row, targets) - gain, False, contest.is_set))
        if triggers:
            shares.append((contest.offer, triggers, 0))
            pieces.append(Piece(triggers, _part(row, triggers), False, contest.is_set))

    def _combine(self, place: int, takes: Takes, pieces: list[Piece]) -> list[Share]:
        sets = {
            self.contests[number].offer: targets
            for number, targets, _ in takes
            if targets and not self.contests[number].is_one_per_item
        }
        offers = [*sets.items(), *self.combining[place]] if sets else self.combining[place]
        if not offers:
            return []
        own: dict[Offer, list[Piece]] = {}
        for offer in sorted(sets, key=lambda offer: offer.rank):
            among = [p for p in pieces if not p.is_in_set]
            own[offer] = take_dearest(pieces, among, sets[offer])
            for piece in own[offer]:
                piece.is_in_set = True
                piece.owner = offer.rank
        return self._in_order(place, sorted(offers, key=lambda pair: pair[0].rank), own, pieces)

    def _in_order(
        self,
        place: int,
        offers: list[tuple[Offer, int]],
        own: dict[Offer, list[Piece]],
        pieces: list[Piece],
    ) -> list[Share]:
        shares = []
        for offer, units in offers:
            if offer in own:
                # A later split of its piece leaves parts with the same owner.
                taken = [p for p in pieces if p.owner == offer.rank]
            elif units < self.rows[place].count:
                taken = take_dearest(pieces, pieces, units)
            else:
                taken = pieces
            saved = take_off(offer, taken)
            if saved:
                shares.append((offer, units, saved))
        return shares


def _part(row: Row, units: int) -> int:
    return row.price * units // row.count
