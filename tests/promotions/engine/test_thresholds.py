"""Thresholds on more lines than the oracle has: each with every rule and with none, no bound."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from random import Random

import pytest

from promotions.engine import Basket, Kind, Rule, Tier
from tests.promotions.engine.builders import RECEIPT, amount_off, basket, goods, quote, rule
from tests.promotions.engine.oracle_money import half_up, off
from tests.promotions.engine.tiers import tiers

Sale = tuple[Basket, list[Rule], Rule]
LINES = 7


def sale(number: int) -> Sale:
    """Seven lines with two rules each, and one on the receipt that some of the ways reach."""
    random = Random(number)
    prices = [random.randint(200, 1500) for _ in range(LINES)]
    rules = [
        amount_off(cents(random.randint(10, 400)), line * 10 + which, goods=goods(line))
        for line in range(1, LINES + 1)
        for which in (1, 2)
    ]
    kind = random.choice(list(Kind))
    thresholds = sorted(random.sample(range(sum(prices) // 2, sum(prices)), 2))
    most = {Kind.PERCENTAGE: 60, Kind.AMOUNT: 25, Kind.FIXED_PRICE: 30}[kind]
    tiers = tuple(Tier(Decimal(cents(at)), Decimal(random.randint(1, most))) for at in thresholds)
    more = {**RECEIPT, "currency": "EUR", "tiers": tiers}
    return basket(*map(cents, prices)), rules, rule(500, kind, "0", **more)


def cents(number: int) -> str:
    return f"{number / 100:.2f}"


def least(bought: Basket, rules: list[Rule], on_receipt: Rule) -> int:
    """In cents, of all ways."""
    each_line = []
    for number, line in enumerate(bought.lines, 1):
        price = int(line.unit_price * 100)
        saved = [int(each.value * 100) for each in rules if number in each.goods.products]
        each_line.append([(price, price), *((max(price - less, 0), 0) for less in saved)])
    return min(left_after(on_receipt, way) for way in product(*each_line))


def left_after(on_receipt: Rule, way: tuple[tuple[int, int], ...]) -> int:
    """What lines leave, less what the highest threshold gives of those that no rule has."""
    left, free = sum(cost for cost, _ in way), sum(free for _, free in way)
    reached = [tier for tier in on_receipt.tiers if left >= tier.threshold * 100]
    if not reached:
        return left
    value = reached[-1].value
    here = rule(1, on_receipt.kind, str(value))
    return left - half_up(off(here, int(value * 100), free))


def sales() -> Iterator[Sale]:
    return map(sale, range(40))


def test_the_least_of_all_ways_is_found_or_said_not_to_be_sure() -> None:
    """L20, P4: and never is less to pay than that."""
    are_exact = 0
    for bought, rules, on_receipt in sales():
        answer = quote(bought, *rules, on_receipt)
        found, best = int(answer.payable * 100), least(bought, rules, on_receipt)
        assert found >= best
        assert found == best or not answer.is_exact
        assert answer.payable <= quote(bought, *rules).payable
        are_exact += answer.is_exact
    assert are_exact > 30


@pytest.mark.parametrize("number", [1, 5, 9])
def test_a_threshold_of_nothing_is_a_rule_without_one(number: int) -> None:
    """L20."""
    bought, rules, on_receipt = sale(number)
    value = on_receipt.tiers[0].value
    more = {**RECEIPT, "currency": "EUR"}
    plain = rule(500, on_receipt.kind, str(value), **more)
    tiered = rule(500, on_receipt.kind, "0", **more, tiers=(Tier(Decimal(0), value),))
    assert quote(bought, *rules, tiered) == quote(bought, *rules, plain)


def test_of_many_lines_so_many_go_without_a_discount_that_a_threshold_is_reached() -> None:
    """L20: of ten lines the second and the third, so that the earliest rule saves something."""
    rules = [amount_off(str(number), number, goods=goods(number)) for number in range(1, 11)]
    answer = quote(basket(*["10.00"] * 10), *rules, amount_off("0", 99, **tiers(at_50="20")))
    assert (answer.payable, answer.is_exact) == (Decimal("30.00"), True)
    assert {each.line for each in answer.effects if each.id == 99} == {"2", "3"}


def test_what_cannot_be_searched_to_the_end_says_so() -> None:
    """L20: forty lines of unlike cents, of which any could go without their discount."""
    prices = [Decimal("10.00") + Decimal(37 * n % 101) / 100 for n in range(40)]
    rules = [
        amount_off(str(Decimal(1) + Decimal(53 * n % 97) / 100), n + 1, goods=goods(n + 1))
        for n in range(40)
    ]
    total = sum(prices) - 41
    rule = amount_off("0", 99, **{**tiers(at_1="0"), "tiers": (Tier(total, Decimal(20)),)})
    answer = quote(basket(*[str(price) for price in prices]), *rules, rule)
    without = quote(basket(*[str(price) for price in prices]), *rules)
    assert not answer.is_exact
    assert answer.payable < without.payable
