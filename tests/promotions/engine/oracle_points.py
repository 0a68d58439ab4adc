"""Points that are spent and earned once prices are known."""

from collections import defaultdict
from fractions import Fraction
from itertools import chain

from promotions.engine import Kind, Rule, Scope
from tests.promotions.engine.oracle_goods import Unit
from tests.promotions.engine.oracle_money import by_line, earned, rounded, spread, sum_of, take
from tests.promotions.engine.oracle_shares import Share, shares
from tests.promotions.engine.oracle_stages import Gains, Prices, Sale, is_idle, order, stages

Earned = tuple[Gains, Fraction]
"""What each rule gave, and all of it before a percentage on the receipt is rounded."""


def spent_and_earned(
    prices: Prices, rules: list[Rule], sale: Sale, after_lines: int
) -> tuple[int, Gains]:
    """The share of units among points rules that earns most, then most by the earliest rule."""
    rules = [sale.reached(rule, after_lines) for rule in rules]
    due = alike(prices, sale.units)
    spent = by_points(due, sale)
    paid = paid_in_money(due, spent, sale.units)
    all_shares = shares(rules, sale.units, sale.wanted)
    groups: dict[object, list[Earned]] = defaultdict(list)
    for share in all_shares:
        found = points_of(share, rules, sale, due, paid)
        if found is not None:
            groups[share.receipt].append(found)
    # Of those with one rule on the receipt the best by what that gives before it is rounded.
    best = [
        min(group, key=lambda one: (-one[1], *order(one[0], rules)))[0] for group in groups.values()
    ]
    most = min(best, key=lambda gains: (-sum(gain for _, gain in gains), *order(gains, rules)))
    return sum(spent), most


def alike(prices: Prices, units: list[Unit]) -> Prices:
    """For points all units of a line have an equal part of its price."""
    lines = by_line(range(len(units)), units)
    return tuple(sum_of(line, prices) / len(line) for line in lines for _ in line)


def by_points(due: Prices, sale: Sale) -> list[int]:
    """In cents, of each line; whole cents and whole hundredths of points."""
    cents = Fraction(10**sale.basket.digits)
    step = max(Fraction(1), cents / 100)
    payable = [sum_of(line, due) // step for line in by_line(range(len(sale.units)), sale.units)]
    share = sum(due, Fraction(0)) * Fraction(sale.programme.share)
    wish = min(Fraction(sale.basket.points_to_spend) * cents, share) // step
    whole = spread(int(min(wish, sum(payable))), [Fraction(each) for each in payable])
    return [int(part * step) for part in whole]


def paid_in_money(due: Prices, spent: list[int], units: list[Unit]) -> list[Fraction]:
    """Points come off units of a line in proportion."""
    paid = list(due)
    for line, part in zip(by_line(range(len(units)), units), spent, strict=True):
        take(part, line, paid)
    return paid


def points_of(
    share: Share, rules: list[Rule], sale: Sale, due: Prices, paid: list[Fraction]
) -> Earned | None:
    gains = {rule.key: 0 for rule in rules}
    exact = Fraction(0)
    whole = sale.programme.whole_points
    for rule, lines in stages(share, rules, sale, paid):
        parts = [list(chain(*lines))] if rule.scope == Scope.RECEIPT else lines
        got = [rounded(earned(rule, part, due, paid), whole) for part in parts]
        if is_idle(rule, got):
            return None
        gains[rule.key] = sum(got)
        is_exact = rule.key == share.receipt and rule.kind == Kind.PERCENTAGE
        exact += earned(rule, parts[0], due, paid) if is_exact else sum(got)
    return tuple(gains.items()), exact
