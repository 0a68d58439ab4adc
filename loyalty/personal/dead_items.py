"""Items of which nothing is left in the catalogue: no till finds them, so nobody has them."""

from collections.abc import Sequence
from dataclasses import replace

from loyalty.personal.mine import Mine, Piece
from loyalty.personal.names import Names


def without_dead_items(found: Sequence[Mine], names: Names) -> list[Mine]:
    """The offers with what there is of them, without those of which nothing is left. No query.

    What offers name themselves can't be deleted.
    """
    return [
        left for mine in found for left in (_left(mine, names) if mine.offer.has_items else [mine])
    ]


def _is_there(piece: Piece, names: Names) -> bool:
    goods = piece.rule.goods
    kinds = (
        (goods.products, names.products),
        (goods.categories, names.categories),
        (goods.groups, names.groups),
    )
    return all(ids <= known.keys() for ids, known in kinds)


def _left(mine: Mine, names: Names) -> list[Mine]:
    """The offer without its dead items; none if that is all of it."""
    pieces = tuple(piece for piece in mine.pieces if _is_there(piece, names))
    if len(pieces) == len(mine.pieces):
        return [mine]
    return [replace(mine, pieces=pieces)] if pieces else []
