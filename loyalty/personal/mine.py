"""What one customer has of personal offers now (L12, L14): what the engine would honour, no more.

The same book and rules as at the till, asked for in one statement; so an offer is listed just as
long as some basket, at one of its points of sale and in its hours, would get it, or would once the
customer says yes.
"""

import datetime as dt
from bisect import insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from loyalty.models import PersonalOffer
from loyalty.personal.audience_offers import AudienceOffers
from loyalty.personal.lately import Lately
from loyalty.personal.looking_up import Told, look_up
from loyalty.personal.rules import NOTHING, ORIGIN, Named, gives
from loyalty.personal.source import Shelf, rules_by_offer
from promotions.engine import Rule, Shopper
from promotions.engine.taking_part import is_for
from promotions.pricing.belonging import belonging
from promotions.pricing.book import Book
from promotions.pricing.standings import used


class State(StrEnum):
    OPEN = "open"
    """Counts without being asked for."""
    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"


def state_of(pieces: Iterable[State]) -> State:
    """Of the whole: waiting as long as a piece waits, else accepted if one is."""
    states = set(pieces)
    order = (State.PENDING, State.ACCEPTED, State.DECLINED)
    return next((state for state in order if state in states), State.OPEN)


@dataclass(frozen=True)
class Piece:
    """One rule of an offer: all of it, or one item of the customer's own; thresholds are one."""

    rule: Rule
    state: State


@dataclass(frozen=True)
class Mine:
    """An offer as one customer has it."""

    offer: PersonalOffer
    named: Named
    pieces: tuple[Piece, ...]
    channels: tuple[str, ...]
    """Where it is announced to this customer."""

    @property
    def state(self) -> State:
        return state_of(piece.state for piece in self.pieces)


def mine_of(
    identity: str, value: object, at: dt.datetime, *, upcoming: bool = False
) -> tuple[int | None, list[Mine]]:
    """The customer who has this id, email, phone, external_id or user_id, and their offers.

    By sort order, then id; None and nothing for nobody. With `upcoming` also what has not begun.
    Conditions of audiences are about the day that `at` has in its own zone. One query while
    nothing changes.
    """
    asked = look_up(identity, value, at)
    if asked is None:
        return None, []
    book, told = asked
    if ORIGIN not in book.brought:
        return told.customer, []
    lately, key = _drawn(book).lately, (told.customer, upcoming)
    found = lately.find(key, told, at)
    if found is None:
        listing = _Listing(book, told, at, upcoming)
        found = listing.found()
        lately.keep(key, told, at, found, listing.moments())
    return told.customer, list(found)


class _Listing:
    """Of one customer."""

    def __init__(self, book: Book, told: Told, at: dt.datetime, upcoming: bool) -> None:
        self.book = book
        self.shelf: Shelf = book.brought[ORIGIN].kept
        self.at = at
        self.upcoming = upcoming
        said, counted = told.read(book)
        self.answers = said.answers
        self.own = list(rules_by_offer(self.shelf, said.rows))
        groups, audiences = belonging(book, told.known(book), at)
        self.shopper = Shopper(audiences, groups, is_known=True)
        standings = used(book.limits, {ORIGIN: counted}, told.customer, at)
        self.used_up = {key[1] for key, each in standings.items() if each.is_used_up}

    def found(self) -> list[Mine]:
        found = self.of_audiences()
        sold = _drawn(self.book).sold
        for pk, rules, channels in self.own:
            if pk in sold and pk not in self.used_up:
                theirs = [rule for rule in rules if self.is_theirs(rule)]
                if theirs:
                    mine = _mine(self.shelf, theirs, self.answers, channels)
                    insort(found, mine, key=_place)
        return found

    def moments(self) -> Iterator[dt.datetime]:
        """At which offers begin or end."""
        for _pk, rules, _channels in self.own:
            for rule in rules:
                yield from (rule.start, rule.end)
        following = _drawn(self.book).to_audiences.next_moment(self.at)
        yield from (following,) if following else ()

    def of_audiences(self) -> list[Mine]:
        """By place. Mostly nothing was said to them and none is used up."""
        groups, audiences = self.shopper.groups, self.shopper.audiences
        offers = _drawn(self.book).to_audiences
        found = offers.of(groups, audiences, self.at, upcoming=self.upcoming)
        if not self.answers and not self.used_up:
            return list(found)
        return [self.answered(mine) for mine in found if mine.offer.pk not in self.used_up]

    def answered(self, mine: Mine) -> Mine:
        if (mine.offer.pk, 0) not in self.answers:
            return mine
        rules = [piece.rule for piece in mine.pieces]
        return _mine(self.shelf, rules, self.answers)

    def is_theirs(self, rule: Rule) -> bool:
        return (
            self.at < rule.end
            and (self.upcoming or rule.start <= self.at)
            and gives(rule)
            and is_for(rule, self.shopper)
        )


class _Drawn(NamedTuple):
    """What is worked out once for a book, and kept with it."""

    to_audiences: AudienceOffers[Mine]
    lately: Lately[Mine]
    sold: frozenset[int]
    """Offers whose currency is that of a place where they hold."""


def _drawn(book: Book) -> _Drawn:
    found: _Drawn | None = book.drawn.get(_Drawn)
    if found is None:
        found = book.drawn[_Drawn] = _draw(book)
    return found


def _draw(book: Book) -> _Drawn:
    shelf: Shelf = book.brought[ORIGIN].kept

    def mine(rules: list[Rule]) -> tuple[Mine, ...]:
        return tuple(sorted((_mine(shelf, [rule], {}) for rule in rules), key=_place))

    of_items = [each.rule for each in shelf.templates.values()]
    sold = {rule.id for rule in (*shelf.of_audiences, *of_items) if _is_sold(rule, book)}
    rules = [rule for rule in shelf.of_audiences if rule.id in sold and gives(rule)]
    return _Drawn(AudienceOffers(rules, mine), Lately(), frozenset(sold))


def _is_sold(rule: Rule, book: Book) -> bool:
    if rule.currency is None or not book.points_of_sale:
        return True
    return any(
        place.currency == rule.currency
        for place in book.points_of_sale.values()
        if not rule.points_of_sale or place.pk in rule.points_of_sale
    )


def _mine(
    shelf: Shelf,
    rules: Iterable[Rule],
    answers: Mapping[tuple[int, int], bool],
    channels: Iterable[str] | None = None,
) -> Mine:
    """Of the rules of one offer."""
    pieces = tuple(Piece(rule, _state(rule, answers)) for rule in rules)
    pk = pieces[0].rule.id
    offer = shelf.offers[pk]
    named = shelf.named.get(pk, NOTHING)
    # None of their own is not none at all (L22).
    announced = offer.channels if channels is None else channels
    return Mine(offer, named, pieces, tuple(announced))


def _place(mine: Mine) -> tuple[int, int]:
    return mine.offer.sort_order, mine.offer.pk


def _state(rule: Rule, answers: Mapping[tuple[int, int], bool]) -> State:
    if not rule.consent:
        return State.OPEN
    answer = answers.get((rule.id, rule.item))
    if answer is None:
        return State.PENDING
    return State.ACCEPTED if answer else State.DECLINED
