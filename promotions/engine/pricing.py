"""A basket's price: from the offers that take part to the quote."""

import datetime as dt
from decimal import Decimal

from promotions.engine.baskets import Basket, Shopper
from promotions.engine.compiling import RuleBook
from promotions.engine.conditions import Facts
from promotions.engine.explaining import Why
from promotions.engine.money import from_cents
from promotions.engine.outcomes import POINT_DIGITS, Outcome, best_outcome
from promotions.engine.quotes import Applied, PricedLine, Quote
from promotions.engine.rows import Row, rows_of
from promotions.engine.solving import Given

ZERO = Decimal(0)


def price(basket: Basket, shopper: Shopper, book: RuleBook, at: dt.datetime) -> Quote:
    """The quote for a basket bought by a shopper at an aware moment in the point of sale's zone."""
    rows = rows_of(basket, shopper, book.personal)
    facts = Facts(basket, shopper, rows, at)
    stock = book.stock(basket.point_of_sale, basket.currency, basket.digits, at)
    outcome = best_outcome(facts, book, stock)
    lines = _lines(facts, outcome)
    zero = from_cents(0, basket.digits)
    return Quote(
        total=facts.total,
        discount=sum((line.discount for line in lines), zero),
        payable=sum((line.payable for line in lines), zero),
        points_earned=sum((line.points_earned for line in lines), zero),
        points_spent=sum((line.points_spent for line in lines), zero),
        lines=lines,
        effects=_effects(rows, outcome),
        is_exact=outcome.is_exact,
        explain=lambda: Why(facts, book, outcome).of_all(),
    )


def _lines(facts: Facts, outcome: Outcome) -> tuple[PricedLine, ...]:
    points = [0] * len(facts.rows)
    for _, place, _, gain in outcome.points:
        points[place] += gain
    by_id = {row.line.id: _line(row, outcome, points[row.place]) for row in facts.rows}
    return tuple(by_id[line.id] for line in facts.basket.lines)


def _line(row: Row, outcome: Outcome, points: int) -> PricedLine:
    digits = outcome.digits
    left, by_points = outcome.left[row.place], outcome.spent[row.place]
    return PricedLine(
        id=row.line.id,
        total=from_cents(row.price, digits),
        discount=from_cents(row.price - left, digits),
        payable=from_cents(left - by_points, digits),
        points_earned=from_cents(points, POINT_DIGITS),
        points_spent=from_cents(by_points, digits),
    )


def _effects(rows: list[Row], outcome: Outcome) -> tuple[Applied, ...]:
    money = [
        _applied(given, rows, from_cents(given[3], outcome.digits), ZERO)
        for given in outcome.given
        if given[3]
    ]
    points = [
        _applied(given, rows, ZERO, from_cents(given[3], POINT_DIGITS))
        for given in outcome.points
        if given[3]
    ]
    return (*money, *points)


def _applied(given: Given, rows: list[Row], amount: Decimal, points: Decimal) -> Applied:
    offer, place, units, _ = given
    row = rows[place]
    return Applied(*offer.rule.key, row.line.id, row.quantity(units), amount, points)
