"""Points that are spent and earned once prices are known."""

from fractions import Fraction
from itertools import chain

from promotions.engine import Rule, Scope
from tests.promotions.engine.oracle_goods import Unit
from tests.promotions.engine.oracle_money import by_line, earned, rounded, spread, sum_of, take
from tests.promotions.engine.oracle_shares import Share, shares
from tests.promotions.engine.oracle_stages import Gains, Prices, Sale, is_idle, order, stages


def spent_and_earned(prices: Prices, rules: list[Rule], sale: Sale) -> tuple[int, Gains]:
    """The share of units among points rules that earns most, then most by the earliest rule."""
    payable = int(sum(prices))
    wish = Fraction(sale.basket.points_to_spend) * 10**sale.basket.digits
    spent = int(min(wish, payable * Fraction(sale.programme.share)) // 1)
    due = alike(prices, sale.units)
    paid = paid_in_money(due, spent, sale.units)
    all_shares = shares(rules, sale.units, sale.wanted)
    tried = [
        found
        for share in all_shares
        if (found := points_of(share, rules, sale, due, paid)) is not None
    ]
    most = min(tried, key=lambda gains: (-sum(gain for _, gain in gains), *order(gains, rules)))
    return spent, most


def alike(prices: Prices, units: list[Unit]) -> Prices:
    """For points all units of a line have an equal part of its price."""
    lines = by_line(range(len(units)), units)
    return tuple(sum_of(line, prices) / len(line) for line in lines for _ in line)


def paid_in_money(due: Prices, spent: int, units: list[Unit]) -> list[Fraction]:
    """Points come off the lines as a receipt discount does, off units of a line in proportion."""
    lines = by_line(range(len(units)), units)
    paid = list(due)
    for line, part in zip(lines, spread(spent, [sum_of(line, due) for line in lines]), strict=True):
        take(part, line, paid)
    return paid


def points_of(
    share: Share, rules: list[Rule], sale: Sale, due: Prices, paid: list[Fraction]
) -> Gains | None:
    gains = {rule.key: 0 for rule in rules}
    whole = sale.programme.whole_points
    for rule, lines in stages(share, rules, sale, paid):
        parts = [list(chain(*lines))] if rule.scope == Scope.RECEIPT else lines
        got = [rounded(earned(rule, part, due, paid), whole) for part in parts]
        if is_idle(rule, got):
            return None
        gains[rule.key] = sum(got)
    return tuple(gains.items())
