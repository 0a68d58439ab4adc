"""What is true of every quote, whatever is bought and offered."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from operator import le

from hypothesis import given, settings
from hypothesis import strategies as st

from promotions.engine import Basket, Effect, Programme, Quote, Rule, Stacking, compile_rules, price
from tests.promotions.engine.builders import NOON, percent, quote
from tests.promotions.engine.oracle_goods import is_wanted, units_of
from tests.promotions.engine.strategies import (
    ANY,
    SALES,
    SINGLE,
    Bought,
    baskets,
    discounts,
    sales,
)

large = sales(ANY, most_units=14, most_rules=7, earning=True)
EVERY = settings(SALES, max_examples=60)
Key = tuple[str, int]


def columns(of: Quote) -> list[tuple[Decimal, ...]]:
    return [
        (each.total, each.discount, each.payable, each.points_earned, each.points_spent)
        for each in of.lines
    ]


@EVERY
@given(large, st.data())
def test_no_order_of_lines_or_rules_changes_a_quote(bought: Bought, data: st.DataObject) -> None:
    """P4: deterministic, whatever the order of lines and offers."""
    lines = data.draw(st.permutations(bought.basket.lines))
    rules = data.draw(st.permutations(bought.rules))
    shuffled = replace(
        bought, basket=replace(bought.basket, lines=tuple(lines)), rules=tuple(rules)
    )
    one, other = bought.quote(), shuffled.quote()
    assert [each.id for each in other.lines] == [each.id for each in lines]
    by_id = {each.id: each for each in other.lines}
    assert replace(other, lines=tuple(by_id[each.id] for each in one.lines)) == one
    assert other.skipped == one.skipped


@EVERY
@given(large)
def test_parts_add_up_to_the_cent(bought: Bought) -> None:
    """P3: every column, and every line; effects are where the columns come from."""
    answer = bought.quote()
    sums = tuple(sum(column, Decimal(0)) for column in zip(*columns(answer), strict=True))
    assert sums == (
        answer.total,
        answer.discount,
        answer.payable,
        answer.points_earned,
        answer.points_spent,
    )
    for each in answer.lines:
        effects = [effect for effect in answer.effects if effect.line == each.id]
        assert each.payable == each.total - each.discount - each.points_spent
        assert each.discount == sum(effect.amount for effect in effects)
        assert each.points_earned == sum(effect.points for effect in effects)


@EVERY
@given(large)
def test_nothing_is_below_zero(bought: Bought) -> None:
    """P3: no column of any line, no effect."""
    answer = bought.quote()
    assert min(min(column) for column in columns(answer)) >= 0
    assert all(each.units > 0 for each in answer.effects)
    assert all(min(each.amount, each.points) == 0 for each in answer.effects)
    assert all(max(each.amount, each.points) > 0 for each in answer.effects)


@EVERY
@given(large)
def test_a_total_is_what_the_lines_cost_without_offers(bought: Bought) -> None:
    """P3: quantity times price, rounded once; nothing applied, nothing off."""
    plain = bought.with_rules().quote()
    assert [each.total for each in plain.lines] == [each.total for each in bought.quote().lines]
    assert plain.total == Decimal(sum(unit.price for unit in units_of(bought.basket))) / 100
    assert (plain.discount, plain.effects, plain.skipped) == (0, (), ())


@EVERY
@given(sales(SINGLE, most_units=8), st.data())
def test_one_more_offer_never_makes_it_dearer(bought: Bought, data: st.DataObject) -> None:
    """P4: one that does not combine, where the quote is exact."""
    more = replace(data.draw(discounts(SINGLE)), id=99)
    with_more = bought.with_rules(*bought.rules, more).quote()
    if with_more.is_exact:
        assert with_more.payable <= bought.quote().payable


@EVERY
@given(large)
def test_each_rule_applied_or_is_told_why_not(bought: Bought) -> None:
    """P7: never both, never twice, none forgotten, and in order."""
    answer = bought.quote()
    applied = {(each.origin, each.id) for each in answer.effects}
    skipped = [(each.origin, each.id) for each in answer.skipped]
    ordered = sorted(bought.rules, key=lambda rule: rule.order)
    assert skipped == [rule.key for rule in ordered if rule.key not in applied]
    assert applied <= {rule.key for rule in bought.rules}
    places = [(each.origin, each.id, each.line) for each in answer.effects]
    assert len(places) == len(set(places))


@EVERY
@given(large)
def test_a_quote_is_a_pure_function(bought: Bought) -> None:
    """P1, P4: the same twice, of the same book, with another quote between."""
    book = compile_rules(bought.rules, bought.programme)
    empty = Basket((), 1)
    first = price(bought.basket, bought.shopper, book, NOON)
    first_skipped = first.skipped
    price(empty, bought.shopper, book, NOON)
    again = price(bought.basket, bought.shopper, book, NOON)
    assert (again, again.skipped) == (first, first_skipped)
    assert book.rules == tuple(sorted(bought.rules, key=lambda rule: rule.order))


@EVERY
@given(large)
def test_no_unit_has_two_offers_of_one_per_item(bought: Bought) -> None:
    """P4, P13: units of a line that such rules discount are no more than the line has."""
    answer = bought.quote()
    rules = {rule.key: rule for rule in bought.rules}
    taken: dict[tuple[str, Effect], Decimal] = defaultdict(Decimal)
    for each in answer.effects:
        rule = rules[each.origin, each.id]
        if rule.stacking == Stacking.ONE_PER_ITEM:
            taken[each.line, rule.effect] += each.units
    quantities = {each.id: each.quantity for each in bought.basket.lines}
    assert all(units <= quantities[line] for (line, _), units in taken.items())


@EVERY
@given(large)
def test_nothing_stands_beside_an_offer_alone(bought: Bought) -> None:
    """P4: whatever combines, whatever it is for."""
    alone = {rule.key for rule in bought.rules if rule.stacking == Stacking.ALONE}
    applied = {(each.origin, each.id) for each in bought.quote().effects}
    assert len(applied) == 1 or not applied & alone


def discounted(answer: Quote, rule: Rule) -> Decimal:
    return sum(
        (each.units for each in answer.effects if (each.origin, each.id) == rule.key), Decimal(0)
    )


def whole(basket: Basket) -> bool:
    return len(units_of(basket)) == sum(line.quantity for line in basket.lines)


@EVERY
@given(large.filter(lambda bought: whole(bought.basket)))
def test_limits_are_never_exceeded(bought: Bought) -> None:
    """P12, P14: units, uses of sets, and the budget."""
    answer = bought.quote()
    for rule in bought.rules:
        if rule.units is not None:
            assert discounted(answer, rule) <= rule.units
        if rule.uses is not None and rule.sets:
            targets = sum(each.discounted for each in rule.sets)
            assert discounted(answer, rule) <= rule.uses * targets


@EVERY
@given(large)
def test_a_budget_is_enough_for_the_offer_alone(bought: Bought) -> None:
    """P14: what it would save as the only offer is what is asked of the budget."""
    applied = {(each.origin, each.id) for each in bought.quote().effects}
    for rule in bought.rules:
        standing = bought.shopper.standings.get(rule.key)
        if standing is not None and standing.budget is not None and rule.key in applied:
            only = bought.with_rules(rule).quote()
            assert only.discount + only.points_earned <= standing.budget


@EVERY
@given(large)
def test_a_discount_is_on_goods_of_the_rule(bought: Bought) -> None:
    """P7: effects name lines whose product the rule is about."""
    rules = {rule.key: rule for rule in bought.rules}
    products = {line.id: line.product for line in bought.basket.lines}
    for each in bought.quote().effects:
        rule = rules[each.origin, each.id]
        targets = [one.goods for one in rule.sets if one.discounted] or [rule.goods]
        product = products[each.line]
        assert any(is_wanted(goods, product, bought.shopper) for goods in targets)


@EVERY
@given(baskets(8, spend=True), st.sampled_from(["0", "0.25", "0.3", "1"]))
def test_points_spent_are_the_wish_or_the_share(basket: Basket, share: str) -> None:
    """P15: never above the share of what is payable, and not a cent less than possible."""
    answer = quote(basket, programme=Programme(share=Decimal(share)))
    most = min(basket.points_to_spend, answer.total * Decimal(share))
    assert answer.points_spent <= most < answer.points_spent + Decimal("0.01")
    assert answer.payable == answer.total - answer.points_spent


@EVERY
@given(baskets(8, spend=True), st.sampled_from([0, 2, 3]), st.sampled_from(["0.3", "1"]))
def test_points_spent_are_whole_hundredths_in_every_currency(
    basket: Basket, digits: int, share: str
) -> None:
    """P15: of each line, never more than is payable, and all that can be."""
    here = replace(basket, digits=digits)
    programme = Programme(share=Decimal(share))
    without = quote(replace(here, points_to_spend=Decimal(0)), percent("33.3"))
    answer = quote(here, percent("33.3"), programme=programme)
    step = max(Decimal("0.01"), Decimal(1).scaleb(-digits))
    payable = [line.payable // step * step for line in without.lines]
    most = min(here.points_to_spend, without.payable * Decimal(share), sum(payable, Decimal(0)))
    assert all(line.points_spent % step == 0 for line in answer.lines)
    assert all(map(le, [line.points_spent for line in answer.lines], payable))
    assert answer.points_spent == most // step * step
