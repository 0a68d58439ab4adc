"""Combining rules on one line: its units in pieces that have the same rules and running price."""

from promotions.engine.gains import PERCENTAGE, off
from promotions.engine.money import half_up, spread
from promotions.engine.offers import Offer


class Piece:
    """Units with the same rules, and what they cost by now; the dearer ones have the odd cents."""

    __slots__ = ("count", "is_free", "is_in_set", "owner", "total")

    def __init__(self, count: int, total: int, is_free: bool, is_in_set: bool) -> None:
        self.count = count
        self.total = total
        self.is_free = is_free
        self.is_in_set = is_in_set
        self.owner = -1

    def split(self, count: int) -> "Piece":
        """Its dearest units, taken out of it."""
        each, odd = divmod(self.total, self.count)
        part = Piece(count, each * count + min(odd, count), self.is_free, self.is_in_set)
        part.owner = self.owner
        self.count -= count
        self.total -= part.total
        return part


def dearest(pieces: list[Piece], count: int) -> list[Piece]:
    """The pieces that hold exactly the dearest units, one split off where it must be."""
    taken = []
    for piece in sorted(pieces, key=lambda p: -(p.total / p.count)):
        if count <= 0:
            break
        taken.append(piece)
        count -= piece.count
    return taken


def take_dearest(pieces: list[Piece], among: list[Piece], count: int) -> list[Piece]:
    """As `dearest`; what must be split stays in `pieces` with both of its parts."""
    taken = []
    for piece in dearest(among, count):
        if piece.count > count:
            part = piece.split(count)
            pieces.append(part)
            piece = part
        taken.append(piece)
        count -= piece.count
    return taken


def take_off(offer: Offer, pieces: list[Piece]) -> int:
    """Lowers what the pieces cost; returns by how much."""
    if offer.kind is PERCENTAGE or offer.by_line:
        return _off_together(offer, pieces)
    saved = 0
    for piece in pieces:
        each, odd = divmod(piece.total, piece.count)
        less = odd * off(offer, each + 1) + (piece.count - odd) * off(offer, each)
        piece.total -= less
        saved += less
    return saved


def _off_together(offer: Offer, pieces: list[Piece]) -> int:
    saved = off(offer, sum(piece.total for piece in pieces))
    for piece, part in zip(pieces, spread(saved, [p.total for p in pieces]), strict=True):
        piece.total -= part
    return saved


__all__ = ["Piece", "half_up", "take_dearest", "take_off"]
