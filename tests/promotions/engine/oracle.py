"""A second engine that tries every share of the units and has no other idea.

`answers(...)` is all that the law allows: more than one answer only where equal shares differ in
nothing but which units were taken, which points can tell apart.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from promotions.engine import (
    Basket,
    Effect,
    Goods,
    Programme,
    Rule,
    Scope,
    Shopper,
    Stacking,
)
from tests.promotions.engine.oracle_goods import Unit, half_up, is_wanted, takes_part, units_of
from tests.promotions.engine.oracle_money import (
    by_line,
    earned,
    rounded,
    spread,
    sum_of,
    take,
    take_off_line,
    take_off_receipt,
)
from tests.promotions.engine.oracle_shares import NONE, Key, Share, shares

Prices = tuple[Fraction, ...]
Gains = tuple[tuple[Key, int], ...]


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


@dataclass(frozen=True)
class Sale:
    basket: Basket
    shopper: Shopper
    at: dt.datetime
    programme: Programme
    units: list[Unit]

    def wanted(self, goods: Goods, unit: Unit) -> bool:
        return is_wanted(goods, unit.product, self.shopper)

    def cents(self, rule: Rule) -> int:
        return half_up(Fraction(rule.value) * 10**self.basket.digits)


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
    tried = [priced(share, discounts, sale) for share in shares(discounts, sale.units, sale.wanted)]
    best = min(tried, key=lambda each: rank(*each, discounts))
    equal = {each for each in tried if rank(*each, discounts) == rank(*best, discounts)}
    return {with_points(prices, gains, earning, sale) for prices, gains in equal}


def rank(prices: Prices, gains: Gains, rules: list[Rule]) -> tuple[Fraction, list[int]]:
    """Least to pay, then most saved by the earliest of the rules that compete for units."""
    competing = [rule.key for rule in rules if rule.sets or rule.stacking != Stacking.COMBINES]
    return sum(prices, Fraction(0)), [-dict(gains)[key] for key in competing]


def priced(share: Share, rules: list[Rule], sale: Sale) -> tuple[Prices, Gains]:
    """Prices of all units after all stages, and what each rule took off."""
    prices = [Fraction(unit.price) for unit in sale.units]
    gains = {rule.key: 0 for rule in rules}
    for rule, lines in stages(share, rules, sale, prices):
        before = sum(prices)
        if rule.scope == Scope.RECEIPT:
            take_off_receipt(rule, sale.cents(rule), lines, prices)
        else:
            for line in lines:
                take_off_line(rule, sale.cents(rule), line, prices)
        gains[rule.key] += int(before - sum(prices))
    return tuple(prices), tuple(gains.items())


def stages(
    share: Share, rules: list[Rule], sale: Sale, prices: Sequence[Fraction]
) -> Iterator[tuple[Rule, list[list[int]]]]:
    """Each rule in turn with the units it discounts, by line; asked at the prices of the moment."""
    on_lines = [rule for rule in rules if rule.scope != Scope.RECEIPT]
    on_receipt = [rule for rule in rules if rule.scope == Scope.RECEIPT]
    single = [rule for rule in on_lines if rule.stacking != Stacking.COMBINES]
    held = NONE.union(*(share.taken.get(rule.key, NONE) for rule in single))
    everything = range(len(sale.units))
    for rule in single:
        yield rule, by_line(share.targets.get(rule.key, NONE), sale.units)
    for rule in (rule for rule in on_lines if rule not in single):
        yield rule, by_line(combined(rule, share, sale, prices), sale.units)
    for rule in (rule for rule in on_receipt if rule.key == share.receipt):
        yield rule, by_line(set(everything) - held, sale.units)
    for rule in (rule for rule in on_receipt if rule.stacking == Stacking.COMBINES):
        yield rule, by_line(everything, sale.units)


def combined(rule: Rule, share: Share, sale: Sale, prices: Sequence[Fraction]) -> Iterable[int]:
    """What a combining rule discounts: its sets' targets, or the dearest units it wants."""
    if rule.sets:
        return share.targets.get(rule.key, NONE)
    wanted = [unit.number for unit in sale.units if sale.wanted(rule.goods, unit)]
    dearest = sorted(wanted, key=lambda number: (-prices[number], number))
    return dearest[: rule.units]


def with_points(prices: Prices, savings: Gains, rules: list[Rule], sale: Sale) -> Answer:
    """The share of units among points rules that earns most, then most by the earliest rule."""
    payable = int(sum(prices))
    wish = Fraction(sale.basket.points_to_spend) * 10**sale.basket.digits
    spent = int(min(wish, payable * Fraction(sale.programme.share)) // 1)
    paid = paid_in_money(prices, spent, sale.units)
    tried = [
        points_of(share, rules, sale, prices, paid)
        for share in shares(rules, sale.units, sale.wanted)
    ]
    most = max(tried, key=lambda gains: (sum(dict(gains).values()), [gain for _, gain in gains]))
    return Answer(payable - spent, spent, kept(savings), kept(most))


def kept(gains: Gains) -> Gains:
    return tuple((key, gain) for key, gain in gains if gain)


def paid_in_money(due: Prices, spent: int, units: list[Unit]) -> list[Fraction]:
    """Points come off the lines as a receipt discount does, off units of a line in proportion."""
    lines = by_line(range(len(units)), units)
    paid = list(due)
    for line, part in zip(lines, spread(spent, [sum_of(line, due) for line in lines]), strict=True):
        take(part, line, paid)
    return paid


def points_of(
    share: Share, rules: list[Rule], sale: Sale, due: Prices, paid: list[Fraction]
) -> Gains:
    gains = {rule.key: 0 for rule in rules}
    for rule, lines in stages(share, rules, sale, due):
        parts = [list(chain(*lines))] if rule.scope == Scope.RECEIPT else lines
        whole = sale.programme.whole_points
        gains[rule.key] = sum(rounded(earned(rule, part, due, paid), whole) for part in parts)
    return tuple(gains.items())
