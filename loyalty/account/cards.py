"""Personal offers as cards of the account."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from loyalty.account.words import dates_in_words, short_money, size_in_words, terms_in_words
from loyalty.models import PersonalOffer
from loyalty.personal.answering import asked_of
from loyalty.personal.mine import State
from loyalty.personal.presenting import ShownOffer, ShownPiece
from promotions.models import Category, Product, ProductGroup

Thing = Product | Category | ProductGroup
SHOWN_AT_ONCE = 6
"""Of an offer's items or products; the others unfold."""


@dataclass(frozen=True)
class Line:
    """Something that the offer is about, and what a customer's own item says of it."""

    thing: Thing
    size: str = ""
    dates: str = ""
    is_upcoming: bool = False
    state: State = State.OPEN
    item: int = 0
    """What is answered to by itself; 0 for nothing."""
    is_first: bool = False
    """Of those about the same; who answers comes back to it."""

    @property
    def product(self) -> Product | None:
        return self.thing if isinstance(self.thing, Product) else None


@dataclass(frozen=True)
class Card:
    """`pieces` are what has begun, then what is to come."""

    shown: ShownOffer
    pieces: Sequence[ShownPiece]
    at: dt.datetime

    @property
    def offer(self) -> PersonalOffer:
        return self.shown.offer

    @property
    def state(self) -> State:
        return self.shown.state

    @cached_property
    def sizes(self) -> list[str]:
        """That the pieces have, the highest of thresholds; each once."""
        return list(dict.fromkeys(_size(piece) for piece in self.pieces))

    @property
    def size(self) -> str:
        """For the badge; of several sizes the largest, if they can be compared."""
        if not any(_value(each) for each in self.pieces):
            return ""
        if len(self.sizes) == 1 and not self.ladder:
            return self.sizes[0]
        if len({(each.rule.effect, each.rule.kind) for each in self.pieces}) > 1:
            return ""
        largest = max(self.pieces, key=lambda each: _value(each))
        return _("Up to %(size)s") % {"size": _size(largest)}

    @cached_property
    def ladder(self) -> list[tuple[str, str]]:
        """Of receipt amounts: from which on there is how much."""
        rule = self.pieces[0].rule
        return [
            (short_money(each.threshold, rule.currency or ""), size_in_words(rule, each.value))
            for each in rule.tiers
        ]

    @property
    def is_of_everything(self) -> bool:
        return self.pieces[0].everything and not self.lines and not self.ladder

    @cached_property
    def lines(self) -> list[Line]:
        """What it is about by name; each customer's own items with what they say."""
        return [line for piece in self.pieces for line in self._lines(piece)]

    @property
    def first_lines(self) -> list[Line]:
        return self.lines[:SHOWN_AT_ONCE]

    @property
    def other_lines(self) -> list[Line]:
        return self.lines[SHOWN_AT_ONCE:]

    @property
    def terms(self) -> list[str]:
        return list(terms_in_words(self.offer, self.pieces[0].rule))

    @property
    def validity(self) -> str:
        dates = dates_in_words(self.shown.start, self.shown.end, self.at)
        return self.shown.texts.validity_text or capfirst(dates)

    @property
    def is_asked_by_item(self) -> bool:
        return len([piece for piece in self.pieces if piece.rule.item]) > 1

    @property
    def seen(self) -> str:
        """The products to which an answer to all of it is; empty if it is to the whole offer."""
        asked = asked_of(piece.rule for piece in self.pieces)
        return ",".join(str(item) for item in sorted(asked) if item)

    @property
    def can_accept(self) -> bool:
        return any(each.state in (State.PENDING, State.DECLINED) for each in self.pieces)

    @property
    def can_decline(self) -> bool:
        return any(each.state in (State.PENDING, State.ACCEPTED) for each in self.pieces)

    @cached_property
    def _first_pieces(self) -> dict[int, ShownPiece]:
        """By what is answered to: a product may have several, each in its own time."""
        return {piece.rule.item: piece for piece in reversed(self.pieces)}

    def _lines(self, piece: ShownPiece) -> list[Line]:
        things: list[Thing] = [*piece.products, *piece.categories, *piece.groups]
        rule = piece.rule
        if not self.offer.has_items:
            return [Line(each) for each in things]
        is_own = (rule.start, rule.end) != (self.offer.start, self.offer.end)
        return [
            Line(
                each,
                size=_size(piece) if len(self.sizes) > 1 else "",
                dates=dates_in_words(rule.start, rule.end, self.at) if is_own else "",
                is_upcoming=rule.start > self.at,
                state=piece.state,
                item=rule.item if self.is_asked_by_item and rule.consent else 0,
                is_first=self._first_pieces[rule.item] is piece,
            )
            for each in things
        ]


def card_of(shown: ShownOffer, at: dt.datetime) -> Card:
    """No queries."""
    pieces = sorted(shown.pieces, key=lambda each: (each.rule.start > at, each.rule.start))
    return Card(shown, pieces, at)


def _size(piece: ShownPiece) -> str:
    return size_in_words(piece.rule, _value(piece))


def _value(piece: ShownPiece) -> Decimal:
    tiers = piece.rule.tiers
    return tiers[-1].value if tiers else piece.rule.value
