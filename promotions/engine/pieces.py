"""Combining rules on one line: its units in pieces that have the same rules and running price."""

from collections.abc import Sequence
from fractions import Fraction

from promotions.engine.gains import Money, off, whole
from promotions.engine.offers import Offer


class Piece:
    """`total` is in cents; where some units of a line were discounted, not always whole ones."""

    __slots__ = ("count", "is_free", "is_in_set", "owner", "total")

    def __init__(self, count: int, total: Money, is_free: bool, is_in_set: bool) -> None:
        self.count = count
        self.total = total
        self.is_free = is_free
        self.is_in_set = is_in_set
        self.owner = -1
        """The combining set rule that has it."""

    def split(self, count: int) -> "Piece":
        """So many of its units, taken out of it."""
        part = Piece(count, Fraction(self.total * count, self.count), self.is_free, self.is_in_set)
        part.owner = self.owner
        self.count -= count
        self.total -= part.total
        return part


def take_dearest(pieces: list[Piece], among: Sequence[Piece], count: int) -> list[Piece]:
    """The dearest units; a piece that must be split stays in `pieces` with both of its parts."""
    taken = []
    for piece in sorted(among, key=lambda p: Fraction(-p.total, p.count)):
        if count <= 0:
            break
        if piece.count > count:
            part = piece.split(count)
            pieces.append(part)
            piece = part
        taken.append(piece)
        count -= piece.count
    return taken


def take_off(offer: Offer, pieces: Sequence[Piece]) -> int:
    """Lowers what the pieces of a line cost; returns by how much, rounded once."""
    before = sum(piece.total for piece in pieces)
    if offer.by_line:
        wished = off(offer, before)
    else:
        wished = sum(off(offer, piece.total, piece.count) for piece in pieces)
    saved = whole(wished)
    if saved:
        for piece in pieces:
            piece.total -= exactly(piece.total * saved, before)
    return saved


def exactly(numerator: Money, denominator: Money) -> Money:
    """The quotient, as an int if it is one: most lines have one piece, and ints are faster."""
    part = Fraction(numerator, denominator)
    return part.numerator if part.denominator == 1 else part
