"""What rules take off in which order, once it is known which units are whose."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from promotions.engine import Basket, Effect, Goods, Kind, Programme, Rule, Scope, Shopper, Stacking
from tests.promotions.engine.oracle_goods import Unit, half_up, is_wanted
from tests.promotions.engine.oracle_money import (
    by_line,
    off,
    sum_of,
    take_off_line,
    take_off_receipt,
)
from tests.promotions.engine.oracle_shares import NONE, Key, Share

Prices = tuple[Fraction, ...]
Gains = tuple[tuple[Key, int], ...]


@dataclass(frozen=True)
class Priced:
    """`after_lines`: the receipt after line discounts. `exact`: what the one-per-item percentage on
    the receipt leaves before it is rounded, with which percentage that was; None without one."""

    prices: Prices
    gains: Gains
    after_lines: int
    exact: tuple[Fraction, Decimal] | None = None


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

    def reached(self, rule: Rule, after_lines: int) -> Rule:
        """The rule with the value of its highest threshold that is reached, or of nothing."""
        if not rule.tiers:
            return rule
        amount = Fraction(after_lines, 10**self.basket.digits)
        values = [tier.value for tier in rule.tiers if amount >= Fraction(tier.threshold)]
        if not values:
            return replace(rule, kind=Kind.PERCENTAGE, value=Decimal(0), tiers=())
        return replace(rule, value=values[-1], tiers=())


def order(gains: Gains, rules: list[Rule]) -> tuple[int, list[int], list[int]]:
    """Sorts equal sums: most saved one per item on units and lines, then most by the earliest rule
    that competes for units, then by the earliest on the receipt."""
    gain = dict(gains)
    single = [rule for rule in rules if rule.stacking != Stacking.COMBINES]
    on_receipt = [rule for rule in single if rule.scope == Scope.RECEIPT]
    on_lines = [rule for rule in single if rule not in on_receipt]
    competing = [rule for rule in rules if rule.sets or rule in on_lines]
    return (
        -sum(gain[rule.key] for rule in on_lines),
        [-gain[rule.key] for rule in competing],
        [-gain[rule.key] for rule in on_receipt],
    )


def priced(share: Share, rules: list[Rule], sale: Sale) -> Priced | None:
    """Prices of all units after all stages, and what each rule took off; None for idle shares."""
    prices = [Fraction(unit.price) for unit in sale.units]
    gains = {rule.key: 0 for rule in rules}
    after_lines, exact = None, None
    for rule, lines in stages(share, rules, sale, prices):
        if rule.scope == Scope.RECEIPT:
            after_lines = int(sum(prices)) if after_lines is None else after_lines
            here = sale.reached(rule, after_lines)
            if here.stacking != Stacking.COMBINES and here.kind == Kind.PERCENTAGE:
                exact = sum(prices) - off(here, 0, sum_of(chain(*lines), prices)), here.value
            taken = [take_off_receipt(here, sale.cents(here), lines, prices)]
        else:
            taken = [take_off_line(rule, sale.cents(rule), line, prices) for line in lines]
        if is_idle(rule, taken):
            return None
        gains[rule.key] = sum(taken)
    after_lines = int(sum(prices)) if after_lines is None else after_lines
    return Priced(tuple(prices), tuple(gains.items()), after_lines, exact)


def is_idle(rule: Rule, gains: list[int]) -> bool:
    """A rule takes nothing where it saves nothing: of a line, or with its sets."""
    if rule.stacking == Stacking.COMBINES or not gains:
        return False
    return not any(gains) if rule.sets else not all(gains)


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
    """What a combining rule discounts: its sets' targets, or the dearest units it wants.

    Dear is what the price is before discounts, for points after them; then what is dearest now.
    """
    if rule.sets:
        return share.targets.get(rule.key, NONE)
    wanted = [unit for unit in sale.units if sale.wanted(rule.goods, unit)]
    lines = {line: place for place, line in enumerate(dict.fromkeys(u.line for u in sale.units))}
    dear = prices if rule.effect == Effect.POINTS else [unit.price for unit in sale.units]
    dearest = sorted(
        wanted,
        key=lambda unit: (-dear[unit.number], lines[unit.line], -prices[unit.number]),
    )
    return [unit.number for unit in dearest[: rule.units]]
