"""What a rule takes off units, and what it earns on them."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby

from promotions.engine import Kind, Rule, Scope
from tests.promotions.engine.oracle_goods import Unit, half_up


def by_line(numbers: Iterable[int], units: list[Unit]) -> list[list[int]]:
    ordered = [units[number] for number in sorted(numbers)]
    return [
        [unit.number for unit in line] for _, line in groupby(ordered, key=lambda unit: unit.line)
    ]


def spread(amount: int, weights: list[Fraction]) -> list[int]:
    """In proportion, whole; what is left over goes to the largest remainders, then the first."""
    total = sum(weights)
    if not total:
        return [0] * len(weights)
    exact = [amount * weight / total for weight in weights]
    parts = [int(part // 1) for part in exact]
    order = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: amount - sum(parts)]:
        parts[place] += 1
    return parts


def take_off_line(rule: Rule, value: int, line: list[int], prices: list[Fraction]) -> int:
    """A discount on units or lines, of what the rule takes of one line, in whole cents."""
    if rule.scope == Scope.UNITS:
        wished = [off(rule, value, prices[number]) for number in line]
    else:
        wished = [off(rule, value, sum_of(line, prices))]
    amount = half_up(sum(wished, Fraction(0)))
    take(amount, line, prices)
    return amount


def take_off_receipt(rule: Rule, value: int, lines: list[list[int]], prices: list[Fraction]) -> int:
    totals = [sum_of(line, prices) for line in lines]
    amount = half_up(off(rule, value, sum(totals, Fraction(0))))
    for line, part in zip(lines, spread(amount, totals), strict=True):
        take(part, line, prices)
    return amount


def sum_of(numbers: Iterable[int], prices: Sequence[Fraction]) -> Fraction:
    return sum((prices[number] for number in numbers), Fraction(0))


def take(amount: int, numbers: list[int], prices: list[Fraction]) -> None:
    """Units of a line share what comes off in proportion, cents or not."""
    total = sum_of(numbers, prices)
    for number in numbers:
        prices[number] -= amount * prices[number] / total if total else 0


def off(rule: Rule, value: int, price: Fraction) -> Fraction:
    """`value` is in cents where it is money."""
    if rule.kind == Kind.PERCENTAGE:
        return price * Fraction(rule.value) / 100
    if rule.kind == Kind.AMOUNT:
        return min(price, Fraction(value))
    return max(Fraction(0), price - value)


def earned(
    rule: Rule, line: list[int], due: Sequence[Fraction], paid: Sequence[Fraction]
) -> Fraction:
    if rule.kind == Kind.PERCENTAGE:
        return sum_of(line, paid) * Fraction(rule.value) / 100
    value = Fraction(rule.value) * 100
    if rule.scope == Scope.UNITS:
        return sum((value * part_paid([number], due, paid) for number in line), Fraction(0))
    if rule.scope == Scope.RECEIPT and sum_of(line, due):
        return value * part_paid(range(len(due)), due, paid)
    return value * part_paid(line, due, paid)


def part_paid(
    numbers: Iterable[int], due: Sequence[Fraction], paid: Sequence[Fraction]
) -> Fraction:
    """The part that is paid in money; none of nothing."""
    total = sum_of(numbers, due)
    return sum_of(numbers, paid) / total if total else Fraction(0)


def rounded(points: Fraction, whole: bool) -> int:
    return int(points // 100) * 100 if whole else half_up(points)
