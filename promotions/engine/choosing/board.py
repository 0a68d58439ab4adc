"""One basket and the offers about it: what each line costs when it is known who takes what."""

from promotions.engine.choosing.combining import Wanted, combining
from promotions.engine.choosing.evenly import taken_evenly
from promotions.engine.choosing.pieces import Piece, Pieces
from promotions.engine.choosing.plain import Best, best_plain
from promotions.engine.choosing.settled import Settled, Share, Takes
from promotions.engine.gains import Gains, Money
from promotions.engine.money import share
from promotions.engine.offers import Offer
from promotions.engine.rows import Row
from promotions.engine.shelves import Shelf
from promotions.engine.taking_part import Passes


class Board:
    """Remembers what was settled before, since a search asks for the same lines again."""

    __slots__ = (
        "_bare",
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
        rows: list[Row],
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
        self._plain: list[dict[int, Best]] = [{} for _ in rows]
        self._best: list[dict[Takes, Settled]] = [{} for _ in rows]
        self._bare: list[dict[Takes, Settled]] = [{} for _ in rows]
        self.losses: dict[int, int] = {}
        """What margins.py found, by line."""
        self.base = [self._settled(row.place, (), False) for row in rows]
        """Each line before any contest."""

    def plain(self, place: int, units: int) -> Best:
        """The best plain offer for so many units of the line, and what it gives."""
        known = self._plain[place]
        found = known.get(units)
        if found is None:
            found = best_plain(self.stacks[place], self.rows[place], units, self.gains, self.passes)
            known[units] = found
        return found

    def settle(self, place: int, takes: Takes = (), bare: bool = False) -> Settled:
        """With the best plain offer on the units that are left, or `bare` of any."""
        if not takes and not bare:
            return self.base[place]
        known = self._bare[place] if bare else self._best[place]
        found = known.get(takes)
        if found is None:
            found = known[takes] = self._settled(place, takes, bare)
        return found

    def _settled(self, place: int, takes: Takes, bare: bool) -> Settled:
        combines = self.combining[place] if self.combining else []
        for _, units in combines:
            if units < self.rows[place].count:
                return self._in_pieces(place, takes, bare)
        for contest, targets, _ in takes:
            if not contest.is_one_per_item:
                if 0 < targets < self.rows[place].count:
                    return self._in_pieces(place, takes, bare)
                combines = self._combining(place, takes)
        return self._evenly(place, takes, bare, combines)

    def _evenly(self, place: int, takes: Takes, bare: bool, combines: Wanted) -> Settled:
        """A line of which whatever combines takes all units: whole numbers will do."""
        row = self.rows[place]
        price, left, saved = row.price, row.count, 0
        shares: list[Share] = []
        parts: list[tuple[int, int]] = []
        for contest, targets, triggers in takes:
            if not contest.is_one_per_item:
                continue
            left -= targets + triggers
            if targets:
                gain = self.gains.on_line(contest.offer, row, targets)
                saved += gain
                shares.append((contest.offer, targets, gain))
                parts.append((targets, price * targets // row.count - gain))
            if triggers:
                shares.append((contest.offer, triggers, 0))
                parts.append((triggers, price * triggers // row.count))
        gain, plain = self.plain(place, left) if left and not bare else (0, None)
        rest = price * left // row.count if takes else price
        if plain is not None:
            saved += gain
            shares.append((plain, left, gain))
        cost = price - saved
        free: Money = 0 if plain is not None else rest
        if combines and cost:
            parts.append((left, rest - gain))
            less, more = taken_evenly(combines, cost, parts)
            shares += more
            free = share(free * less, cost)
            cost = less
        cost = self.gains.cost(cost, saved)
        return Settled(cost, free, 0 if plain is not None else left, saved, plain, shares)

    def _in_pieces(self, place: int, takes: Takes, bare: bool) -> Settled:
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
        offers = [*self.combining[place]] if self.combining else []
        for contest, targets, _ in takes:
            if targets and not contest.is_one_per_item:
                offers.append((contest.offer, targets))
        offers.sort(key=lambda pair: pair[0].rank)
        return offers
