"""One basket and the offers about it: what each line costs when it is known who takes what."""

from collections.abc import Sequence

from promotions.engine.combining import combining
from promotions.engine.gains import Gains, off_line
from promotions.engine.offers import Offer
from promotions.engine.pieces import Piece, Pieces
from promotions.engine.plain import Best, best_plain
from promotions.engine.rows import Row
from promotions.engine.settled import Settled, Share, Takes
from promotions.engine.shelves import Shelf
from promotions.engine.taking_part import Passes


class Board:
    """Remembers what was settled before, since a search asks for the same lines again."""

    __slots__ = (
        "_best",
        "_plain",
        "base",
        "combining",
        "gains",
        "losses",
        "passes",
        "rows",
        "shelf",
        "stacks",
    )

    def __init__(
        self,
        rows: Sequence[Row],
        shelf: Shelf,
        gains: Gains,
        passes: Passes,
        combines: bool,
    ) -> None:
        """`combines`: combining rules change what is left to pay, which they don't for points."""
        self.rows = rows
        self.shelf = shelf
        self.gains = gains
        self.passes = passes
        self.stacks = [shelf.stack(row.keys) for row in rows]
        self.combining = combining(rows, self.stacks, passes) if combines else []
        self._best: dict[tuple[int, Takes, bool], Settled] = {}
        self._plain: dict[tuple[int, int], Best] = {}
        self.losses: dict[int, int] = {}
        """What margins.py found, by line."""
        self.base = [self._whole(row.place, False) for row in rows]
        """Each line before any contest."""

    def plain(self, place: int, units: int) -> Best:
        """The best plain offer for so many units of the line, and what it gives."""
        found = self._plain.get((place, units))
        if found is None:
            found = best_plain(self.stacks[place], self.rows[place], units, self.gains, self.passes)
            self._plain[place, units] = found
        return found

    def settle(self, place: int, takes: Takes = (), bare: bool = False) -> Settled:
        """With the best plain offer on the units that are left, or `bare` of any."""
        if not takes and not bare:
            return self.base[place]
        found = self._best.get((place, takes, bare))
        if found is None:
            found = self._settled(place, takes, bare)
            self._best[place, takes, bare] = found
        return found

    def _settled(self, place: int, takes: Takes, bare: bool) -> Settled:
        if not takes:
            return self._whole(place, bare)
        if self.combining and self.combining[place]:
            return self._combined(place, takes, bare)
        if all(take[0].is_one_per_item for take in takes):
            return self._partly(place, takes, bare)
        return self._combined(place, takes, bare)

    def _whole(self, place: int, bare: bool) -> Settled:
        """A line of which no set and no limit takes a part: whole numbers will do."""
        row = self.rows[place]
        gain, plain = (0, None) if bare else self.plain(place, row.count)
        shares = [] if plain is None else [(plain, row.count, gain)]
        left = row.price - gain
        combines = self.combining[place] if self.combining else ()
        for offer, units in combines:
            if units < row.count:
                return self._combined(place, (), bare)
            if not left:
                break
            saved = off_line(offer, left, units)
            if saved:
                shares.append((offer, units, saved))
                left -= saved
        cost = self.gains.cost(left, gain)
        if plain is None:
            return Settled(cost, left, row.count, gain, None, shares)
        return Settled(cost, 0, 0, gain, plain, shares)

    def _partly(self, place: int, takes: Takes, bare: bool) -> Settled:
        """A line of which others take a part, where nothing combines."""
        row = self.rows[place]
        left, saved = row.count, 0
        shares: list[Share] = []
        for contest, targets, triggers in takes:
            gain = self.gains.on_line(contest.offer, row, targets) if targets else 0
            shares.append((contest.offer, targets, gain))
            saved += gain
            left -= targets + triggers
            if triggers:
                shares.append((contest.offer, triggers, 0))
        gain, plain = self.plain(place, left) if left and not bare else (0, None)
        saved += gain
        cost = self.gains.cost(row.price - saved, saved)
        if plain is None:
            return Settled(cost, row.price * left // row.count, left, saved, None, shares)
        shares.append((plain, left, gain))
        return Settled(cost, 0, 0, saved, plain, shares)

    def _combined(self, place: int, takes: Takes, bare: bool) -> Settled:
        row = self.rows[place]
        pieces: list[Piece] = []
        shares = self._taken(row, takes, pieces)
        left = row.count - sum([piece.count for piece in pieces])
        gain, plain = self.plain(place, left) if left and not bare else (0, None)
        if plain is not None:
            shares.append((plain, left, gain))
        if left:
            piece = Piece(left, row.price * left // row.count - gain)
            piece.is_free = plain is None
            pieces.append(piece)
        saved = sum([share[2] for share in shares])
        all_pieces = Pieces(pieces)
        shares += all_pieces.combine(self._combining(place, takes))
        cost = self.gains.cost(all_pieces.cost(), saved)
        return Settled(cost, *all_pieces.free(), saved, plain, shares)

    def _taken(self, row: Row, takes: Takes, pieces: list[Piece]) -> list[Share]:
        """What one-per-item rules take, apart from the plain one."""
        shares = []
        for contest, targets, triggers in takes:
            if not contest.is_one_per_item:
                continue
            gain = self.gains.on_line(contest.offer, row, targets)
            for units, off in ((targets, gain), (triggers, 0)):
                if units:
                    piece = Piece(units, row.price * units // row.count - off)
                    piece.is_in_set = contest.is_set
                    pieces.append(piece)
                    shares.append((contest.offer, units, off))
        return shares

    def _combining(self, place: int, takes: Takes) -> list[tuple[Offer, int]]:
        offers = list(self.combining[place]) if self.combining else []
        for contest, targets, _ in takes:
            if targets and not contest.is_one_per_item:
                offers.append((contest.offer, targets))
        offers.sort(key=lambda pair: pair[0].rank)
        return offers
