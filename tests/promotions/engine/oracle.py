"""A second engine that tries every share of the units and has no other idea.

`answers(...)` is all that the law allows: more than one answer only where equal shares differ in
nothing but which units were taken, which points can tell apart.
"""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from promotions.engine import Basket, Effect, Programme, Rule, Shopper, Stacking
from tests.promotions.engine.oracle_goods import takes_part, units_of
from tests.promotions.engine.oracle_points import spent_and_earned
from tests.promotions.engine.oracle_shares import shares
from tests.promotions.engine.oracle_stages import Gains, Prices, Sale, order, priced


@dataclass(frozen=True)
class Answer:
    """Cents and hundredths of points; what each rule gave, in the rules' order, if anything."""

    payable: int
    spent: int
    savings: Gains
    points: Gains

    @property
    def worth(self) -> int:
        return sum(gain for _, gain in self.savings + self.points)


def answers(
    basket: Basket,
    shopper: Shopper,
    rules: tuple[Rule, ...],
    at: dt.datetime,
    programme: Programme | None = None,
) -> set[Answer]:
    sale = Sale(basket, shopper, at, programme or Programme(), units_of(basket))
    live = sorted(
        (rule for rule in rules if takes_part(rule, basket, shopper, at) and affords(rule, sale)),
        key=lambda rule: rule.order,
    )
    alone = [rule for rule in live if rule.stacking == Stacking.ALONE]
    together = answers_of([rule for rule in live if rule not in alone], sale)
    return {
        better
        for others in together
        for better in answers_of_the_best(others, [answers_of([each], sale) for each in alone])
    }


def answers_of_the_best(others: Answer, alone: list[set[Answer]]) -> set[Answer]:
    """`max` keeps the first of equal ones: the others together, then the earliest."""
    candidates = [{others}, *alone]
    return max(candidates, key=lambda each: max(answer.worth for answer in each))


def affords(rule: Rule, sale: Sale) -> bool:
    standing = sale.shopper.standings.get(rule.key)
    if standing is None or standing.budget is None:
        return True
    worth = max(answer.worth for answer in answers_of([rule], sale))
    return Fraction(worth, 10**sale.basket.digits) <= Fraction(standing.budget)


def answers_of(rules: list[Rule], sale: Sale) -> set[Answer]:
    discounts = [rule for rule in rules if rule.effect == Effect.DISCOUNT]
    earning = [rule for rule in rules if rule.effect == Effect.POINTS]
    all_shares = shares(discounts, sale.units, sale.wanted)
    tried = [found for share in all_shares if (found := priced(share, discounts, sale))]
    best = min(tried, key=lambda each: rank(*each, discounts))
    equal = {each for each in tried if rank(*each, discounts) == rank(*best, discounts)}
    return {answer(prices, gains, earning, sale) for prices, gains in equal}


def rank(prices: Prices, gains: Gains, rules: list[Rule]) -> tuple[Any, ...]:
    """Least to pay first."""
    return sum(prices, Fraction(0)), *order(gains, rules)


def answer(prices: Prices, savings: Gains, earning: list[Rule], sale: Sale) -> Answer:
    spent, points = spent_and_earned(prices, earning, sale)
    return Answer(int(sum(prices)) - spent, spent, kept(savings), kept(points))


def kept(gains: Gains) -> Gains:
    return tuple((key, gain) for key, gain in gains if gain)
