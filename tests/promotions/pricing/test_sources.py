"""Offers of rooms above: priced with the discounts, each shopper's own with theirs alone."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from promotions import engine
from promotions.periods import Limits
from promotions.pricing.quoting import quote_basket
from promotions.pricing.relevance import told_and_near, told_to_shopper
from promotions.pricing.shoppers import look_up
from promotions.pricing.sources import register, sources
from tests.factories import NOON, make_audience, make_customer, make_member
from tests.promotions.factories import make_discount, make_product
from tests.promotions.pricing.baskets import make_basket, off
from tests.promotions.pricing.gifts import Gifts, gift

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return make_customer(first_name="Ann")


@pytest.fixture
def ben():
    return make_customer(first_name="Ben")


def told(asked, customer):
    """Offers that did not apply, and why."""
    priced = quote_basket(asked, customer_id=customer and customer.pk, at=NOON)
    return [(each.origin, each.id, each.reason.value) for each in told_to_shopper(priced)]


def applied(asked, customer):
    """By the offer's name: money and points."""
    priced = quote_basket(asked, customer_id=customer.pk, at=NOON)
    return [
        (priced.book.names[each.origin, each.id], each.amount, each.points)
        for each in priced.quote.effects
    ]


def test_what_a_source_brings_for_members_goes_with_the_discounts(gifts, place, ann):
    make_discount(name="Tea", everything=True, value=20)
    gifts.rules = [gift(stacking=engine.Stacking.COMBINES)]
    asked = make_basket(place, ("tea", 1, "10.00"))
    assert applied(asked, ann) == [
        ("Tea", Decimal("2.00"), Decimal(0)),
        ("Gift 1", Decimal("0.80"), Decimal(0)),
    ]
    assert off(asked) == 2


def test_offers_for_members_are_told_to_members_alone(gifts, place, ann):
    gifts.rules = [
        gift(1, goods=engine.Goods(products=frozenset((-1,)))),
        gift(2, effect=engine.Effect.POINTS, conditions=(engine.Times(frozenset((6,))),)),
        gift(3, members=False, conditions=(engine.Times(frozenset((6,))),)),
    ]
    asked = make_basket(place, ("tea", 1, "10.00"))
    assert told(asked, None) == [("gift", 3, "condition")]
    assert told(asked, ann) == [
        ("gift", 1, "no_products"),
        ("gift", 2, "condition"),
        ("gift", 3, "condition"),
    ]


def test_each_shopper_gets_their_own_and_nobody_else_does(gifts, place, ann, ben):
    gifts.own_rules = {"Ann": (gift(1),), "Ben": (gift(2, value=Decimal(30)),)}
    asked = make_basket(place, ("tea", 1, "10.00"))
    assert (off(asked, ann), off(asked, ben), off(asked)) == (1, 3, 0)
    assert applied(asked, ben) == [("Gift 2", Decimal("3.00"), Decimal(0))]
    assert told(asked, None) == told(asked, ann) == told(asked, make_customer()) == []


def test_what_of_their_own_did_not_apply_is_told_to_its_shopper_alone(gifts, place, ann, ben):
    tea, cup = make_product(), make_product()
    of_tea, of_cup = (engine.Goods(products=frozenset((each.pk,))) for each in (tea, cup))
    later = engine.Times(frozenset((6,)))
    gifts.own_rules = {
        "Ann": (
            gift(1, goods=of_cup),
            gift(1, goods=of_tea, item=1, conditions=(later,)),
            gift(2, goods=of_cup),
            gift(3, end=NOON),
        )
    }
    asked = make_basket(place, (tea, 1, "10.00"))
    assert told(asked, ann) == [
        ("gift", 1, "condition"),
        ("gift", 2, "no_products"),
        ("gift", 3, "over"),
    ]
    assert told(asked, ben) == told(asked, None) == []
    priced = quote_basket(asked, customer_id=ann.pk, at=NOON)
    assert [each.id for each in told_and_near(priced)] == [1, 3]
    assert [priced.names.offer(rule.key) for rule in priced.shopper.rules] == [
        *("“Gift 1”", "“Gift 1”", "“Gift 2”", "“Gift 3”")
    ]
    assert {key: priced.rules[key].id for key in priced.names.rules} == {
        ("gift", 1): 1,
        ("gift", 2): 2,
        ("gift", 3): 3,
    }


def test_answers_of_the_shopper_are_what_counts_where_consent_is_asked(gifts, place, ann):
    gifts.own_rules = {"Ann": (gift(consent=True),)}
    asked = make_basket(place, ("tea", 1, "10.00"))
    assert told(asked, ann) == [("gift", 1, "not_accepted")]
    gifts.answers = {("gift", 1, 0): True}
    assert off(asked, ann) == 1


class Vouchers(Gifts):
    origin = "voucher"


def test_rules_and_answers_of_all_sources_go_together(gifts, place, ann):
    vouchers = Vouchers()
    register(vouchers)
    of_gift, of_voucher = ("gift", 1, 0), ("voucher", 1, 0)
    gifts.own_rules = {"Ann": (gift(consent=True, stacking=engine.Stacking.COMBINES),)}
    vouchers.own_rules = {
        "Ann": (gift(origin="voucher", consent=True, stacking=engine.Stacking.COMBINES),)
    }
    asked = make_basket(place, ("tea", 1, "10.00"))
    gifts.answers, vouchers.answers = {of_gift: True}, {of_voucher: False}
    assert off(asked, ann) == 1
    vouchers.answers = {of_voucher: True}
    assert off(asked, ann) == Decimal("1.90")


def test_own_offers_for_audiences_ask_in_which_ones_the_shopper_is(gifts, place, ann, ben):
    audience = make_audience()
    own = gift(audiences=frozenset((audience.pk,)))
    gifts.own_rules = {"Ann": (own,), "Ben": (own,)}
    gifts.more = {"asks_audiences": True}
    make_member(audience, ann)
    asked = make_basket(place, ("tea", 1, "10.00"))
    assert (off(asked, ann), off(asked, ben)) == (1, 0)
    later = {"conditions": (engine.Times(frozenset((6,))),)}
    gifts.own_rules = {"Ann": (replace(own, **later),), "Ben": (replace(own, **later),)}
    assert (told(asked, ann), told(asked, ben)) == ([("gift", 1, "condition")], [])


def test_a_source_may_say_what_holds_for_all_points(gifts, place, ann):
    gifts.rules = [gift(effect=engine.Effect.POINTS, value=Decimal(15))]
    gifts.more = {"programme": engine.Programme(whole_points=True)}
    asked = make_basket(place, ("tea", 1, "10.00"))
    assert applied(asked, ann) == [("Gift 1", Decimal(0), Decimal(1))]


def test_what_cannot_be_computed_is_left_out_and_the_rest_counts(gifts, place, ann):
    gifts.rules = [gift(1, value=Decimal(-1)), gift(2)]
    asked = make_basket(place, ("tea", 1, "10.00"))
    assert applied(asked, ann) == [("Gift 2", Decimal("1.00"), Decimal(0))]


@pytest.mark.django_db(transaction=True)
def test_one_query_with_everything_that_a_source_can_bring(
    gifts, place, ann, ben, django_assert_num_queries
):
    gifts.rules = [gift(1)]
    gifts.own_rules = {"Ann": (gift(2, stacking=engine.Stacking.COMBINES),)}
    limits = Limits(dt.UTC, 9, None, {"day": 1})
    gifts.more = {"limits": {1: limits, 2: limits}, "asks_audiences": True}
    make_discount(everything=True, most_uses=1, value=1)
    asked = make_basket(place, ("tea", 1, "10.00"))
    assert off(asked, ann) == Decimal("1.90")
    for who, expected in ((ann, "1.90"), (ben, "1.00"), (None, "0.10")):
        with django_assert_num_queries(1):
            assert off(asked, who) == Decimal(expected)


def test_two_sources_of_one_kind_are_refused(gifts):
    with pytest.raises(ValueError, match="another source has the origin gift"):
        register(Gifts())
    assert sources() == (gifts,)


def test_a_source_that_comes_after_the_book_waits_for_the_next(gifts, place, ann, monkeypatch):
    asked = make_basket(place, ("tea", 1, "10.00"))
    gifts.own_rules = {"Ann": (gift(1),)}
    late = Gifts(own_rules={"Ann": (gift(5, origin="late"),)})
    late.origin = "late"
    late.limited = None
    book, known = look_up("id", ann.pk, NOON)
    register(late)
    assert [*book.brought] == [*known.answered] == ["gift"]
    assert [name for name, *_ in applied(asked, ann)] == ["Gift 1"]
