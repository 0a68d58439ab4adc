"""A basket's price: from the offers that take part to the quote."""

import datetime as dt
from decimal import Decimal
from typing import Final

from promotions.engine.baskets import Basket, Shopper
from promotions.engine.compiling import RuleBook
from promotions.engine.conditions import Facts
from promotions.engine.explaining import Why
from promotions.engine.layers import explained
from promotions.engine.money import from_cents
from promotions.engine.outcomes import POINT_DIGITS, Outcome, best_outcome
from promotions.engine.own import Own
from promotions.engine.quotes import Applied, PricedLine, Quote
from promotions.engine.rows import Row, merged, rows_of

ZERO: Final = Decimal(0)
new: Final = tuple.__new__
"""A quote makes dozens of named tuples, whose own way to be made is interpreted."""


def price(basket: Basket, shopper: Shopper, book: RuleBook, at: dt.datetime) -> Quote:
    """The quote for a basket bought by a shopper at an aware moment in the point of sale's zone."""
    personal = book.personal
    if shopper.rules and shopper.picks:
        personal = merged(personal, shopper.rules)
    rows = rows_of(basket, shopper, personal)
    facts = Facts(basket, shopper, rows, at)
    stock = book.stock(basket.point_of_sale, basket.currency, basket.digits, at)
    own = Own(facts, book) if shopper.rules else None
    outcome = own.best(stock) if own else best_outcome(facts, book, stock)
    digits = basket.digits
    effects = _effects(rows, outcome)
    points = [0] * len(rows)
    for _, place, _, gain in outcome.points:
        points[place] += gain
    due, by_points = sum(outcome.left), sum(outcome.spent)
    return Quote(
        total=facts.total,
        discount=facts.total - from_cents(due, digits),
        payable=from_cents(due - by_points, digits),
        points_earned=from_cents(sum(points), POINT_DIGITS),
        points_spent=from_cents(by_points, digits),
        lines=_lines(facts, outcome, points),
        effects=_by_offer(effects, basket) if own else effects,
        is_exact=outcome.is_exact,
        explain=lambda: explained(Why(facts, book, outcome, own)),
    )


def _lines(facts: Facts, outcome: Outcome, points: list[int]) -> tuple[PricedLine, ...]:
    digits, left, spent = outcome.digits, outcome.left, outcome.spent
    by_id = {}
    for row, due, by_points, earned in zip(facts.rows, left, spent, points, strict=True):
        cells = (
            row.line.id,
            from_cents(row.price, digits),
            from_cents(row.price - due, digits),
            from_cents(due - by_points, digits),
            from_cents(earned, POINT_DIGITS),
            from_cents(by_points, digits),
        )
        by_id[row.line.id] = new(PricedLine, cells)
    return tuple([by_id[line.id] for line in facts.basket.lines])


def _effects(rows: list[Row], outcome: Outcome) -> tuple[Applied, ...]:
    digits = outcome.digits
    effects = []
    for offer, place, units, gain in outcome.given:
        if gain:
            row = rows[place]
            amount, quantity = from_cents(gain, digits), row.quantity(units)
            cells = offer.origin, offer.id, row.line.id, quantity, amount, ZERO
            effects.append(new(Applied, cells))
    for offer, place, units, gain in outcome.points:
        if gain:
            row = rows[place]
            points, quantity = from_cents(gain, POINT_DIGITS), row.quantity(units)
            cells = offer.origin, offer.id, row.line.id, quantity, ZERO, points
            effects.append(new(Applied, cells))
    return tuple(effects)


def _by_offer(effects: tuple[Applied, ...], basket: Basket) -> tuple[Applied, ...]:
    """What items of one offer did to one line, as the one thing that the offer did to it."""
    quantities = {line.id: line.quantity for line in basket.lines}
    found: dict[tuple[str, int, str, bool], Applied] = {}
    for each in effects:
        key = each.origin, each.id, each.line, bool(each.points)
        before = found.get(key)
        if before is not None:
            units = min(before.units + each.units, quantities[each.line])
            amount, points = before.amount + each.amount, before.points + each.points
            each = new(Applied, (each.origin, each.id, each.line, units, amount, points))
        found[key] = each
    return tuple(found.values())
