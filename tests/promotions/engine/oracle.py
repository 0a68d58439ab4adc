"""A second engine that tries every share of the units and has no other idea.

`answers(...)` is all that the law allows: more than one answer only where equal shares differ in
nothing but which units were taken, which points can tell apart.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from promotions.engine import Basket, Effect, Programme, Rule, Shopper, Stacking
from tests.promotions.engine.oracle_goods import takes_part, units_of
from tests.promotions.engine.oracle_points import spent_and_earned
from tests.promotions.engine.oracle_shares import Share, shares
from tests.promotions.engine.oracle_stages import Gains, Priced, Sale, order, priced

Tried = tuple[Priced, Share]


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
    # What combines and has thresholds has no say in what is chosen.
    judged = [rule for rule in discounts if not (rule.tiers and rule.stacking == Stacking.COMBINES)]
    all_shares = shares(judged, sale.units, sale.wanted)
    tried = [(found, share) for share in all_shares if (found := priced(share, judged, sale))]
    tried = best_before_rounding(tried, judged)
    least = min(rank(found, judged) for found, _ in tried)
    equal = [share for found, share in tried if rank(found, judged) == least]
    return {answer(priced(share, discounts, sale), earning, sale) for share in equal}


def best_before_rounding(tried: list[Tried], rules: list[Rule]) -> list[Tried]:
    """Of those with the same percentage on the receipt only the best by what it is of."""
    groups: dict[object, list[Tried]] = defaultdict(list)
    for found, share in tried:
        groups[share.receipt, found.exact and found.exact[1]].append((found, share))
    kept = []
    for group in groups.values():
        exact = [(each.exact, *order(each.gains, rules)) for each, _ in group]
        is_percentage = group[0][0].exact is not None
        kept += [
            one for one, e in zip(group, exact, strict=True) if not is_percentage or e == min(exact)
        ]
    return kept


def rank(found: Priced, rules: list[Rule]) -> tuple[Any, ...]:
    """Least to pay first."""
    return sum(found.prices, Fraction(0)), *order(found.gains, rules)


def answer(found: Priced, earning: list[Rule], sale: Sale) -> Answer:
    spent, points = spent_and_earned(found.prices, earning, sale, found.after_lines)
    return Answer(int(sum(found.prices)) - spent, spent, kept(found.gains), kept(points))


def kept(gains: Gains) -> Gains:
    return tuple((key, gain) for key, gain in gains if gain)
