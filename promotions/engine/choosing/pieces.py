"""Combining rules on one line: its units in pieces that have the same rules and running price.

What only some units of a line were discounted by is shared in parts of a cent. So a line counts in
fractions of one denominator: whole numbers are many times faster than `Fraction`.
"""

from fractions import Fraction
from math import gcd

from promotions.engine.gains import AMOUNT, PERCENTAGE
from promotions.engine.money import half_up, share
from promotions.engine.offers import Offer

Shares = list[tuple[Offer, int, int]]


class Piece:
    """`total` is in cents by the denominator of its line.

    `is_free` of one-per-item rules, `is_in_set` of a set of whichever stacking; `owner` is the
    rank of the combining set rule that it is a target of.
    """

    __slots__ = ("count", "is_free", "is_in_set", "owner", "total")

    def __init__(self, count: int, total: int) -> None:
        self.count = count
        self.total = total
        self.is_free = False
        self.is_in_set = False
        self.owner = -1


class Pieces:
    """All of one line."""

    __slots__ = ("denominator", "each")

    def __init__(self, each: list[Piece]) -> None:
        self.each = each
        self.denominator = 1

    def combine(self, offers: list[tuple[Offer, int]]) -> Shares:
        """Applies them in the order given, each to so many units; what each gave, if it did.

        Set rules choose their targets before any combining rule has lowered a price.
        """
        for offer, units in offers:
            if offer.is_set:
                among = [piece for piece in self.each if not piece.is_in_set]
                for piece in self._dearest(among, units):
                    piece.is_in_set, piece.owner = True, offer.rank
        shares = []
        for offer, units in offers:
            saved = self._take_off(offer, self._taken(offer, units))
            if saved:
                shares.append((offer, units, saved))
        return shares

    def cost(self) -> int:
        return sum([piece.total for piece in self.each]) // self.denominator

    def free(self) -> tuple[Fraction | int, int]:
        """What the units cost that no one-per-item rule has, and how many they are."""
        free = [piece for piece in self.each if piece.is_free]
        units = sum([piece.count for piece in free])
        total = sum([piece.total for piece in free])
        return share(total, self.denominator), units

    def _taken(self, offer: Offer, units: int) -> list[Piece]:
        if offer.is_set:
            return [piece for piece in self.each if piece.owner == offer.rank]
        if offer.is_limited:
            return self._dearest(list(self.each), units)
        return self.each

    def _dearest(self, among: list[Piece], count: int) -> list[Piece]:
        taken = []
        among.sort(key=lambda piece: Fraction(-piece.total, piece.count))
        for piece in among:
            if count <= 0:
                break
            taken.append(self._split(piece, count) if piece.count > count else piece)
            count -= piece.count if taken[-1] is piece else count
        return taken

    def _split(self, piece: Piece, count: int) -> Piece:
        """So many units of the piece, as one of their own."""
        self._scale(piece.count)
        part = Piece(count, piece.total * count // piece.count)
        part.is_free, part.is_in_set, part.owner = piece.is_free, piece.is_in_set, piece.owner
        piece.count -= count
        piece.total -= part.total
        self.each.append(part)
        return part

    def _scale(self, times: int) -> None:
        self.denominator *= times
        for piece in self.each:
            piece.total *= times

    def _take_off(self, offer: Offer, taken: list[Piece]) -> int:
        """Lowers what the pieces cost; returns by how many cents, rounded once, and never by
        more than the line costs."""
        before = sum([piece.total for piece in taken])
        # Of half a cent that is rounded up the rest comes off the line's other units, if they cost
        # something yet.
        saved = min(self._rounded(offer, taken, before), self.cost()) if before else 0
        if saved:
            left = before - saved * self.denominator
            # Without common factors: digits would double with every rule.
            common = gcd(before, left)
            before, left = before // common, left // common
            self._scale(before)
            for piece in taken:
                piece.total = piece.total // before * left
        return saved

    def _rounded(self, offer: Offer, taken: list[Piece], before: int) -> int:
        if offer.kind is PERCENTAGE:
            return half_up(before * offer.numerator, offer.denominator * self.denominator)
        each = offer.amount * self.denominator
        if offer.by_line:
            wished = min(before, each) if offer.kind is AMOUNT else max(0, before - each)
        elif offer.kind is AMOUNT:
            wished = sum([min(piece.total, each * piece.count) for piece in taken])
        else:
            wished = sum([max(0, piece.total - each * piece.count) for piece in taken])
        return half_up(wished, self.denominator)
