"""What a quote says of an offer that did not apply is true (P7)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given, settings

from promotions.engine import Line, Quote, Reason, Rule, Scope, Skipped, Stacking
from tests.promotions.engine.builders import NOON, product
from tests.promotions.engine.oracle_goods import chosen, conditions_hold, is_wanted, units_of
from tests.promotions.engine.strategies import ANY, SALES, Bought, sales

Check = Callable[[Bought, Quote, Rule, Mapping[str, Any]], None]
ONE_OF_EACH = (product(1, [10]), product(2, [10, 11], [20]), product(3, [12], [20]))


def told(bought: Bought, rule: Rule) -> Skipped | None:
    """Why the rule did not apply to a sale that has it, if it did not."""
    skipped = [each for each in bought.quote().skipped if (each.origin, each.id) == rule.key]
    return skipped[0] if skipped else None


def only(bought: Bought, rule: Rule) -> Decimal:
    """What the rule saves as the only offer, points at their worth, without a limit."""
    free = replace(bought.shopper, standings={})
    answer = replace(bought, rules=(rule,), shopper=free).quote()
    return answer.discount + answer.points_earned


def is_alone(rule: Rule) -> bool:
    return rule.stacking == Stacking.ALONE


def goods_of(rule: Rule) -> list[Any]:
    return [each.goods for each in rule.sets] or [rule.goods]


def not_yet(_: Bought, __: Quote, rule: Rule, figures: Mapping[str, Any]) -> None:
    assert figures == {"start": rule.start}
    assert rule.start > NOON


def over(_: Bought, __: Quote, rule: Rule, figures: Mapping[str, Any]) -> None:
    assert figures == {"end": rule.end}
    assert rule.end <= NOON


def condition(bought: Bought, _: Quote, rule: Rule, figures: Mapping[str, Any]) -> None:
    assert not conditions_hold(rule, bought.basket, bought.shopper, NOON)
    assert 1 <= len(figures["failed"]) <= len(rule.conditions)


def not_for_you(bought: Bought, _: Quote, rule: Rule, figures: Mapping[str, Any]) -> None:
    assert figures == {}
    assert rule.members
    assert not bought.shopper.is_known


def not_accepted(bought: Bought, _: Quote, rule: Rule, figures: Mapping[str, Any]) -> None:
    said = {True: "accepted", False: "declined", None: "pending"}
    answer = said[bought.shopper.answers.get((rule.origin, rule.id, rule.item))]
    assert rule.consent
    assert (figures, answer != "accepted") == ({"answer": answer}, True)


def below_threshold(bought: Bought, answer: Quote, rule: Rule, figures: Mapping[str, Any]) -> None:
    """One that stands alone looks at the receipt without any discount."""
    scopes = {each.key: each.scope for each in bought.rules}
    on_lines = [each for each in answer.effects if scopes[each.origin, each.id] != Scope.RECEIPT]
    found = answer.total - (0 if is_alone(rule) else sum(each.amount for each in on_lines))
    assert figures == {"threshold": rule.tiers[0].threshold, "found": found}
    assert found < rule.tiers[0].threshold


def no_products(bought: Bought, _: Quote, rule: Rule, figures: Mapping[str, Any]) -> None:
    assert figures == {}
    products = [line.product for line in bought.basket.lines]
    assert not any(
        is_wanted(goods, each, bought.shopper) for goods in goods_of(rule) for each in products
    )


def no_choice(bought: Bought, _: Quote, rule: Rule, figures: Mapping[str, Any]) -> None:
    asked = [goods for goods in goods_of(rule) if goods.promotion == figures["promotion"]]
    assert asked
    assert not any(chosen(goods, bought.shopper) for goods in asked)


def set_incomplete(bought: Bought, _: Quote, rule: Rule, figures: Mapping[str, Any]) -> None:
    """As many more as are said to be lacking, and it is this set no longer."""
    lacking = rule.sets[figures["set"]]
    found = [
        unit
        for unit in units_of(bought.basket)
        if is_wanted(lacking.goods, unit.product, bought.shopper)
    ]
    assert figures["required"] == max(lacking.required, 1)
    assert 0 <= figures["found"] <= len(found)
    assert figures["found"] < figures["required"]
    suitable = [each for each in ONE_OF_EACH if is_wanted(lacking.goods, each, bought.shopper)]
    more = Decimal(figures["required"] - figures["found"])
    lines = (*bought.basket.lines, Line("more", suitable[0], more, Decimal(1)))
    unconditional = replace(rule, conditions=())
    filled = replace(bought, basket=replace(bought.basket, lines=lines), rules=(unconditional,))
    now = told(filled, unconditional)
    assert now is None or (now.reason, now.figures.get("set")) != (
        Reason.SET_INCOMPLETE,
        figures["set"],
    )


def budget(bought: Bought, _: Quote, rule: Rule, figures: Mapping[str, Any]) -> None:
    left = bought.shopper.standings[rule.key].budget
    assert figures == {"left": left, "needed": only(bought, rule)}
    assert figures["needed"] > figures["left"]


def nothing_to_save(bought: Bought, _: Quote, rule: Rule, figures: Mapping[str, Any]) -> None:
    assert (figures, only(bought, rule)) == ({}, 0)


def alone(bought: Bought, answer: Quote, _: Rule, figures: Mapping[str, Any]) -> None:
    assert {(each.origin, each.id) for each in answer.effects} == {figures["offer"]}
    [winner] = [rule for rule in bought.rules if rule.key == figures["offer"]]
    assert is_alone(winner)


def others_save_more(bought: Bought, answer: Quote, rule: Rule, figures: Mapping[str, Any]) -> None:
    others = answer.discount + answer.points_earned
    assert figures == {"saving": only(bought, rule), "others": others}
    assert figures["others"] >= figures["saving"] > 0
    assert is_alone(rule)


def outdone(bought: Bought, answer: Quote, rule: Rule, figures: Mapping[str, Any]) -> None:
    """Take away those that are named, and those that are named then, until it applies."""
    applied = {(each.origin, each.id) for each in answer.effects}
    assert figures["offers"]
    assert rule.key not in figures["offers"]
    assert applied.issuperset(figures["offers"])
    without = bought.without(figures["offers"])
    now = told(without, rule)
    if now is not None and now.reason == Reason.ALONE:
        without = without.without(
            each.key for each in bought.rules if each.stacking == Stacking.ALONE
        )
        now = told(without, rule)
    if now is not None:
        assert now.reason == Reason.OUTDONE
        outdone(without, without.quote(), rule, now.figures)


CLAIMS: dict[Reason, Check] = {
    Reason.NOT_YET: not_yet,
    Reason.OVER: over,
    Reason.NOT_FOR_YOU: not_for_you,
    Reason.NOT_ACCEPTED: not_accepted,
    Reason.BELOW_THRESHOLD: below_threshold,
    Reason.CONDITION: condition,
    Reason.NO_PRODUCTS: no_products,
    Reason.NO_CHOICE: no_choice,
    Reason.SET_INCOMPLETE: set_incomplete,
    Reason.BUDGET: budget,
    Reason.NOTHING_TO_SAVE: nothing_to_save,
    Reason.ALONE: alone,
    Reason.OTHERS_SAVE_MORE: others_save_more,
    Reason.OUTDONE: outdone,
}


@settings(SALES, max_examples=250)
@given(sales(ANY, earning=True) | sales(ANY, most_units=8))
def test_every_reason_is_true(bought: Bought) -> None:
    """P7: and so are its figures. Where an offer stands or falls by reasons without prices
    (place, currency, for whom, limits) the cases say all there is."""
    answer = bought.quote()
    rules = {rule.key: rule for rule in bought.rules}
    for each in answer.skipped:
        rule = rules[each.origin, each.id]
        CLAIMS[each.reason](bought, answer, rule, each.figures)
