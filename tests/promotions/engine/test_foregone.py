"""Reasons that are known before a basket are those that are found by asking each offer."""

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from promotions.engine import Goods, Reason, Rule, Skipped, compile_rules, price
from promotions.engine.conditions import Facts
from promotions.engine.explaining import Why
from promotions.engine.layers import explained
from promotions.engine.outcomes import best_outcome, outcome_alone
from promotions.engine.rows import rows_of
from tests.promotions.engine.builders import NOON
from tests.promotions.engine.strategies import ANY, SALES, Bought, sales

windows = st.tuples(st.integers(-60, 60), st.integers(1, 60)).map(
    lambda hours: (
        NOON + dt.timedelta(hours=hours[0]),
        NOON + dt.timedelta(hours=hours[0] + hours[1]),
    )
)
places = st.sampled_from([frozenset(), frozenset({1}), frozenset({2})])
goods = st.sampled_from([Goods(products=frozenset({n})) for n in (1, 2, 98, 99)])


@settings(SALES, max_examples=150)
@given(sales(ANY, most_units=6, most_rules=5), st.data())
def test_any_offers_at_any_place_and_moment(bought: Bought, data: st.DataObject) -> None:
    rules = [_moved(rule, data) for rule in bought.rules]
    at = NOON + dt.timedelta(hours=data.draw(st.integers(-60, 60)))
    book = compile_rules(rules)
    rows = rows_of(bought.basket, bought.shopper, book.personal)
    facts = Facts(bought.basket, bought.shopper, rows, at)
    basket = bought.basket
    stock = book.stock(basket.point_of_sale, basket.currency, basket.digits, at)
    why = Why(facts, book, best_outcome(facts, book, stock))
    asked = [
        Skipped(*offer.key, *why.of(offer))
        for offer in book.offers(basket.digits)
        if offer.rank not in why.applied
    ]
    assert list(explained(why).all()) == asked
    assert list(price(basket, bought.shopper, book, at).skipped) == asked
    outdone = {(one.origin, one.id) for one in asked if one.reason is Reason.OUTDONE}
    for offer in book.offers(basket.digits):
        if offer.key in outdone:
            assert outcome_alone((offer,), facts, book).worth() > 0


def _moved(rule: Rule, data: st.DataObject) -> Rule:
    start, end = data.draw(windows)
    moved = replace(rule, start=start, end=end, points_of_sale=data.draw(places))
    if not rule.sets and not rule.goods.everything and data.draw(st.booleans()):
        moved = replace(moved, goods=data.draw(goods))
    return moved
