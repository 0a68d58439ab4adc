"""Thresholds on more lines than the oracle has: each with every rule and with none, no bound."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from random import Random

import pytest

from promotions.engine import Basket, Kind, Rule, Tier
from promotions.engine.choosing.choice import Chooser
from promotions.engine.choosing.thresholds import Thresholds
from tests.promotions.engine.builders import (
    RECEIPT,
    amount_off,
    basket,
    goods,
    line,
    percent,
    quote,
    rule,
)
from tests.promotions.engine.oracle_money import half_up, off
from tests.promotions.engine.test_search import board_of, many_sets
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
    for number, bought_line in enumerate(bought.lines, 1):
        price = int(bought_line.unit_price * 100)
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


def answer_of(bought: Basket, *rules: Rule) -> tuple[str, bool]:
    answer = quote(bought, *rules)
    return str(answer.payable), answer.is_exact


def test_of_more_than_sixty_lines_one_keeps_its_discount_and_the_quote_says_so() -> None:
    """L20: all must go without theirs for 100.00 off, or all but one."""
    sixty, more = (basket(*["10.00"] * number) for number in (60, 61))
    off_each = amount_off("1", 1)
    assert answer_of(sixty, off_each, amount_off("0", 2, **tiers(at_600="100"))) == ("500.00", True)
    assert answer_of(more, off_each, amount_off("0", 2, **tiers(at_610="100"))) == ("549.00", False)
    assert answer_of(more, off_each, amount_off("0", 2, **tiers(at_609="100"))) == ("509.00", False)


FIVE = [percent(str(10 + id), id, goods=goods(id), units=1) for id in range(1, 6)]
"""They save 65.00 on five lines of 100.00 each."""


def test_where_many_compete_their_choice_stays_or_none_is_made() -> None:
    """L20: 635.00 without the other lines' discounts less 50.00, or 700.00 less 150.00."""
    seven, others = basket(*["100.00"] * 7), amount_off("10", 6, goods=goods(6, 7))
    reached = amount_off("0", 9, **tiers(at_635="50"))
    assert answer_of(seven, *FIVE, others, reached) == ("585.00", False)
    reached = amount_off("0", 9, **tiers(at_700="150"))
    assert answer_of(seven, *FIVE, others, reached) == ("550.00", False)


def test_where_many_compete_what_is_reached_anyway_is_not_sure_to_be_best() -> None:
    """L20: 500.00 less 65.00 for five lines, which leave nothing to the receipt's rule."""
    five = basket(*["100.00"] * 5)
    reached = amount_off("0", 9, **tiers(at_1="5"))
    assert answer_of(five, *FIVE, reached) == ("435.00", False)


def test_up_to_twelve_units_all_ways_to_reach_a_threshold_are_tried() -> None:
    """L20: a unit is free; 85.00 is missed by 2.00 with it, and 5.00 are less than that."""
    tens = [line("10.00", "3", of=of) for of in (1, 2, 3)]
    rules = amount_off("10", 1, units=1), amount_off("0", 2, **tiers(at_85="5"))
    assert answer_of(basket(*tens, line("1.00", "3", of=4)), *rules) == ("83.00", True)
    assert answer_of(basket(*tens, line("1.00", "4", of=4)), *rules) == ("84.00", False)


def test_only_what_was_searched_to_the_end_is_the_lowest_receipt() -> None:
    """L20: no threshold is left out for a receipt that may be lower yet."""
    ended, searched = board_of(*many_sets()), board_of(basket("10.00"), [amount_off("1", 1)])
    assert Thresholds(Chooser(ended)).lowest == 0
    assert Thresholds(Chooser(searched)).lowest == 900
