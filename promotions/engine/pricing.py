"""A basket's price: from the offers that take part to the quote."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from promotions.engine.baskets import Basket, Shopper
from promotions.engine.compiling import RuleBook
from promotions.engine.conditions import Facts
from promotions.engine.explaining import explain
from promotions.engine.gains import Earnings
from promotions.engine.money import from_cents
from promotions.engine.offers import Offer
from promotions.engine.points import earned, spent
from promotions.engine.quotes import Applied, PricedLine, Quote
from promotions.engine.rows import Row, rows_of
from promotions.engine.rules import Stacking
from promotions.engine.solving import Given, discounts
from promotions.engine.taking_part import candidates


class Outcome:
    """All that some offers together do: in cents and in the smallest unit of points."""

    __slots__ = ("given", "is_exact", "left", "points", "scale", "spent")

    def __init__(self, facts: Facts, book: RuleBook, offers: Sequence[Offer]) -> None:
        basket, programme = facts.basket, book.programme
        money = discounts(facts.rows, [o for o in offers if not o.is_points])
        self.given, self.left = money.given, money.left
        self.spent = spent(basket, programme, self.left)
        paid = [left - points for left, points in zip(self.left, self.spent, strict=True)]
        earnings = Earnings(paid, self.left, basket.digits, programme.whole_points)
        self.scale = 0 if programme.whole_points else 2
        on_points = [o for o in offers if o.is_points]
        self.points, is_exact = earned(facts.rows, on_points, self.left, paid, earnings)
        self.is_exact = money.is_exact and is_exact

    def worth(self, digits: int) -> Decimal:
        """Saved money, and points as money."""
        saved = sum(gain for _, _, _, gain in self.given)
        points = sum(gain for _, _, _, gain in self.points)
        return from_cents(saved, digits) + from_cents(points, self.scale)


def price(basket: Basket, shopper: Shopper, book: RuleBook, at: dt.datetime) -> Quote:
    """The quote for a basket bought by a shopper at a moment in the point of sale's zone."""
    rows = rows_of(basket, shopper, book.personal)
    facts = Facts(basket, shopper, rows, at)
    shelf = book.shelf(basket.point_of_sale, basket.currency, basket.digits, at)
    taking_part = [o for o in candidates(shelf, facts) if is_in_budget(o, facts, book)]
    outcome = best_outcome(taking_part, facts, book)
    return quote(facts, book, outcome, taking_part)


def is_in_budget(offer: Offer, facts: Facts, book: RuleBook) -> bool:
    standing = facts.shopper.standings.get(offer.rule.key)
    if standing is None or standing.budget is None:
        return True
    return Outcome(facts, book, [offer]).worth(facts.basket.digits) <= standing.budget


def best_outcome(taking_part: Sequence[Offer], facts: Facts, book: RuleBook) -> Outcome:
    """Of all offers that don't stand alone together, and of each that does."""
    digits = facts.basket.digits
    alone = [offer for offer in taking_part if offer.rule.stacking is Stacking.ALONE]
    best = Outcome(facts, book, [o for o in taking_part if o not in alone])
    for offer in alone:
        own = Outcome(facts, book, [offer])
        if own.worth(digits) > best.worth(digits):
            best = own
    return best


def quote(
    facts: Facts, book: RuleBook, outcome: Outcome, taking_part: Sequence[Offer]
) -> Quote:
    lines = _lines(facts, outcome)
    effects = _effects(facts, outcome)
    return Quote(
        total=sum((line.total for line in lines), Decimal(0)),
        discount=sum((line.discount for line in lines), Decimal(0)),
        payable=sum((line.payable for line in lines), Decimal(0)),
        points_earned=sum((line.points_earned for line in lines), Decimal(0)),
        points_spent=sum((line.points_spent for line in lines), Decimal(0)),
        lines=lines,
        effects=effects,
        is_exact=outcome.is_exact,
        explain=lambda: explain(facts, book, effects, taking_part),
    )


def _lines(facts: Facts, outcome: Outcome) -> tuple[PricedLine, ...]:
    digits = facts.basket.digits
    points = [0] * len(facts.rows)
    for _, place, _, gain in outcome.points:
        points[place] += gain
    by_id = {
        row.line.id: _line(row, outcome, points[row.place], digits) for row in facts.rows
    }
    return tuple(by_id[line.id] for line in facts.basket.lines)


def _line(row: Row, outcome: Outcome, points: int, digits: int) -> PricedLine:
    left, by_points = outcome.left[row.place], outcome.spent[row.place]
    return PricedLine(
        id=row.line.id,
        total=from_cents(row.price, digits),
        discount=from_cents(row.price - left, digits),
        payable=from_cents(left - by_points, digits),
        points_earned=from_cents(points, outcome.scale),
        points_spent=from_cents(by_points, digits),
    )


def _effects(facts: Facts, outcome: Outcome) -> tuple[Applied, ...]:
    digits, rows = facts.basket.digits, facts.rows

    def applied(given: Given, amount: Decimal, points: Decimal) -> Applied:
        offer, place, units, _ = given
        row = rows[place]
        origin, number = offer.rule.key
        return Applied(origin, number, row.line.id, row.quantity(units), amount, points)

    money = [applied(g, from_cents(g[3], digits), Decimal(0)) for g in outcome.given]
    points = [applied(g, Decimal(0), from_cents(g[3], outcome.scale)) for g in outcome.points]
    return (*money, *points)
