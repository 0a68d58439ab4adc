"""Personal offers as people and programs are shown them: with names, in their language."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from loyalty.models import PersonalOffer
from loyalty.personal.mine import Mine, Piece, State, state_of
from loyalty.personal.names import Names, goods_of, names_of
from promotions.engine import Rule
from promotions.models import Category, PointOfSale, Product, ProductGroup

Thing = TypeVar("Thing", Product, Category, ProductGroup, PointOfSale)


class Texts(NamedTuple):
    title: str
    text: str
    validity_text: str


@dataclass(frozen=True)
class ShownPiece:
    """An item, or all of an offer, with what there still is of its goods."""

    rule: Rule
    state: State
    products: Sequence[Product]
    categories: Sequence[Category]
    groups: Sequence[ProductGroup]

    @property
    def everything(self) -> bool:
        return self.rule.goods.everything

    @property
    def is_dead(self) -> bool:
        """All that it is about was deleted since: no till finds it."""
        return not (self.everything or self.products or self.categories or self.groups)


@dataclass(frozen=True)
class ShownOffer:
    mine: Mine
    texts: Texts
    pieces: Sequence[ShownPiece]
    points_of_sale: Sequence[PointOfSale]
    """None: all."""

    @property
    def offer(self) -> PersonalOffer:
        return self.mine.offer

    @property
    def state(self) -> State:
        return state_of(piece.state for piece in self.pieces)

    @property
    def counts(self) -> bool:
        """Whether any of it would be honoured as things stand."""
        return any(piece.state in (State.OPEN, State.ACCEPTED) for piece in self.pieces)

    @property
    def start(self) -> dt.datetime:
        """Of the first piece."""
        return min(piece.rule.start for piece in self.pieces)

    @property
    def end(self) -> dt.datetime:
        """Of the last piece."""
        return max(piece.rule.end for piece in self.pieces)


def present(found: Sequence[Mine], names: Names, language: str | None) -> list[ShownOffer]:
    """No query. Texts are in the language, or else the shop's own.

    Items of which nothing is left in the catalogue are left out, and offers that have no others.
    """
    shown = [
        _shown(mine, names, texts_of(mine.offer, language), _alive(mine, names)) for mine in found
    ]
    return [each for each in shown if each.pieces]


def present_in(wordings: Sequence[Texts], mine: Mine) -> list[ShownOffer]:
    """One offer in each of the wordings, whatever there is of its goods. One query."""
    names = names_of([mine])
    pieces = [_piece(piece, names) for piece in mine.pieces]
    return [_shown(mine, names, texts, pieces) for texts in wordings]


def texts_of(offer: PersonalOffer, language: str | None) -> Texts:
    """No query where the offer's texts were prefetched."""
    for each in offer.texts.all():
        if each.language == language:
            return Texts(each.title, each.text or offer.text, each.validity_text)
    return Texts(offer.title, offer.text, offer.validity_text)


def _shown(mine: Mine, names: Names, texts: Texts, pieces: Sequence[ShownPiece]) -> ShownOffer:
    places = _known(names.points_of_sale, mine.named.points_of_sale)
    return ShownOffer(mine, texts, pieces, places)


def _alive(mine: Mine, names: Names) -> list[ShownPiece]:
    return [shown for piece in mine.pieces if not (shown := _piece(piece, names)).is_dead]


def _piece(piece: Piece, names: Names) -> ShownPiece:
    goods = goods_of(piece.rule)
    return ShownPiece(
        piece.rule,
        piece.state,
        _known(names.products, goods.products),
        _known(names.categories, goods.categories),
        _known(names.groups, goods.groups),
    )


def _known(things: Mapping[int, Thing], ids: Iterable[int]) -> list[Thing]:
    return sorted((things[pk] for pk in ids if pk in things), key=lambda thing: thing.name)
