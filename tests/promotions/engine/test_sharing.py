"""Places and days share what a book has made for others only where it is the same."""

import datetime as dt
from dataclasses import replace
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from promotions.engine import Quote, Reason, Rule, Skipped, compile_rules, price
from promotions.engine.compiling import RuleBook
from tests.promotions.engine.builders import (
    ALONE,
    ANYBODY,
    COMBINES,
    DAY,
    NOON,
    RECEIPT,
    amount_off,
    basket,
    get,
    goods,
    percent,
    points,
)
from tests.promotions.engine.strategies import ANY, SALES, Bought, sales

HOUR = dt.timedelta(hours=1)
ZONES = [dt.timezone(hours * HOUR) for hours in (-9, 0, 2)]


class Visit(NamedTuple):
    place: int
    currency: str
    digits: int
    at: dt.datetime


visits = st.builds(
    Visit,
    st.integers(1, 4),
    st.sampled_from(["EUR", "EUR", "SEK"]),
    st.sampled_from([2, 2, 3]),
    st.builds(
        lambda hours, zone: (NOON + hours * HOUR).astimezone(zone),
        st.integers(-60, 60),
        st.sampled_from(ZONES),
    ),
)
places = st.one_of(st.just(frozenset[int]()), st.frozensets(st.integers(1, 3), min_size=1))


@settings(SALES, max_examples=150)
@given(sales(ANY, most_units=6, most_rules=5, earning=True), st.data())
def test_quotes_of_a_book_are_those_of_one_that_was_asked_for_nothing_else(
    bought: Bought, data: st.DataObject
) -> None:
    rules = [_moved(rule, data) for rule in bought.rules]
    book = compile_rules(rules, bought.programme)
    for visit in data.draw(st.lists(visits, min_size=2, max_size=8)):
        fresh = compile_rules(rules, bought.programme)
        quote, skipped = _said(bought, book, visit)
        assert (quote, skipped) == _said(bought, fresh, visit)
        # And the same of those that hold there as if no rule named any place.
        here = [each for each in rules if visit.place in (each.points_of_sale or {visit.place})]
        everywhere = [replace(rule, points_of_sale=frozenset()) for rule in here]
        plain = compile_rules(everywhere, bought.programme)
        keys = {rule.key for rule in here}
        said = [each for each in skipped if (each.origin, each.id) in keys]
        assert (quote, said) == _said(bought, plain, visit)


def _moved(rule: Rule, data: st.DataObject) -> Rule:
    begin = NOON + HOUR * data.draw(st.integers(-60, 60))
    end = begin + HOUR * data.draw(st.integers(1, 60))
    return replace(rule, start=begin, end=end, points_of_sale=data.draw(places))


def _said(bought: Bought, book: RuleBook, visit: Visit) -> tuple[Quote, list[Skipped]]:
    place, currency, digits, at = visit
    asked = replace(bought.basket, point_of_sale=place, currency=currency, digits=digits)
    quote = price(asked, bought.shopper, book, at)
    return replace(quote, explain=None), list(quote.skipped)


def test_offers_of_one_place_join_those_of_everywhere() -> None:
    """P4: in the order of all, whatever kind they are of; and apply nowhere else."""
    here = {"points_of_sale": frozenset({1}), "currency": "EUR"}
    kinds = {
        "line": [percent("10", 1), percent("20", 2, **here)],
        "earlier of equal": [percent("20", 2), percent("20", 1, **here)],
        "receipt": [percent("10", 1, **RECEIPT), percent("20", 2, **RECEIPT, **here)],
        "after it": [
            percent("10", 2, **RECEIPT, **COMBINES),
            amount_off("2", 1, **RECEIPT, **COMBINES, **here),
        ],
        "alone": [percent("10", 1, **ALONE), percent("20", 2, **ALONE, **here)],
        "alone on the receipt": [
            percent("10", 1, **ALONE, **RECEIPT),
            percent("20", 2, **ALONE, **RECEIPT, **here),
        ],
        "set": [percent("10", 1), percent("20", 2, sets=(get(1, 1),), **here)],
        "only there": [percent("20", 2, goods=goods(1), **here)],
    }
    for name, rules in kinds.items():
        book = compile_rules(rules)
        for place in (2, 1, 2, 1):
            quote = price(basket("10.00", point_of_sale=place), ANYBODY, book, NOON)
            there = [rule for rule in rules if place == 1 or not rule.points_of_sale]
            alone = price(basket("10.00", point_of_sale=place), ANYBODY, compile_rules(there), NOON)
            assert (quote.discount, quote.effects) == (alone.discount, alone.effects), name


def test_points_of_one_place_join_those_of_everywhere() -> None:
    book = compile_rules([points("10", 1), points("20", 2, points_of_sale=frozenset({1}))])
    earned = [
        price(basket("10.00", point_of_sale=place), ANYBODY, book, NOON).points_earned
        for place in (2, 1, 2)
    ]
    assert earned == [1, 2, 1]


def test_a_day_ends_at_its_own_midnight() -> None:
    """An offer that begins with the next day is only said to be not yet; one that ended is over."""
    rules = [percent("10", 1, goods=goods(9), start=NOON + DAY / 2, end=NOON + DAY)]
    book = compile_rules(rules)
    moments = [NOON, NOON + DAY / 2, NOON + DAY - HOUR, NOON + DAY, NOON + DAY / 2 - HOUR / 3600]
    reasons = [
        [each.reason for each in price(basket("10.00"), ANYBODY, book, at).skipped]
        for at in moments
    ]
    there = [Reason.NO_PRODUCTS]
    assert reasons == [[Reason.NOT_YET], there, there, [Reason.OVER], [Reason.NOT_YET]]
