"""Combining rules on one line: its units in pieces that have the same rules and running price."""

from collections.abc import Sequence
from fractions import Fraction

from promotions.engine.gains import Money, off, whole
from promotions.engine.offers import Offer


class Piece:
    """`total` is in cents; where some units of a line were discounted, not always whole ones.

    `is_free` of one-per-item rules, `is_in_set` of a set of whichever stacking; `owner` is the
    rank of the combining set rule that it is a target of.
    """

    __slots__ = ("count", "is_free", "is_in_set", "owner", "total")

    def __init__(self, count: int, total: Money) -> None:
        self.count = count
        self.total = total
        self.is_free = False
        self.is_in_set = False
        self.owner = -1

    def split(self, count: int) -> "Piece":
        """So many of its units, taken out of it."""
        part = Piece(count, Fraction(self.total * count, self.count))
        part.is_free, part.is_in_set, part.owner = self.is_free, self.is_in_set, self.owner
        self.count -= count
        self.total -= part.total
        return part


def combine(
    pieces: list[Piece], offers: Sequence[tuple[Offer, int]]
) -> list[tuple[Offer, int, int]]:
    """Applies them in the order given, each to so many units; returns what each gave, if it did.

    Set rules choose their targets before any combining rule has lowered a price.
    """
    if not offers:
        return []
    for offer, units in offers:
        if offer.is_set:
            among = [piece for piece in pieces if not piece.is_in_set]
            for piece in _take_dearest(pieces, among, units):
                piece.is_in_set, piece.owner = True, offer.rank
    shares = []
    for offer, units in offers:
        saved = _take_off(offer, _taken(pieces, offer, units))
        if saved:
            shares.append((offer, units, saved))
    return shares


def _taken(pieces: list[Piece], offer: Offer, units: int) -> Sequence[Piece]:
    if offer.is_set:
        return [piece for piece in pieces if piece.owner == offer.rank]
    if offer.is_limited:
        return _take_dearest(pieces, list(pieces), units)
    return pieces


def _take_dearest(pieces: list[Piece], among: list[Piece], count: int) -> list[Piece]:
    """The dearest units; a piece that must be split stays in `pieces` with both of its parts."""
    taken = []
    among.sort(key=lambda piece: Fraction(-piece.total, piece.count))
    for piece in among:
        if count <= 0:
            break
        if piece.count > count:
            part = piece.split(count)
            pieces.append(part)
            piece = part
        taken.append(piece)
        count -= piece.count
    return taken


def _take_off(offer: Offer, pieces: Sequence[Piece]) -> int:
    """Lowers what the pieces of a line cost; returns by how much, rounded once."""
    before = sum([piece.total for piece in pieces])
    if offer.by_line:
        wished = off(offer, before)
    else:
        wished = sum([off(offer, piece.total, piece.count) for piece in pieces])
    saved = whole(wished)
    if saved:
        for piece in pieces:
            piece.total -= Fraction(piece.total * saved, before)
    return saved
