"""The cheapest basket that a discount makes, with the offers that apply and their cents."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from promotions.composition import compositions_of
from promotions.margins import Saving, worst_basket
from promotions.models import DiscountItem
from tests.factories import DAY, NOON, make_audience, make_customer, make_group
from tests.promotions.factories import (
    make_category,
    make_discount,
    make_list,
    make_personalized_promotion,
    make_point_of_sale,
    make_product,
    make_product_set,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop():
    return make_point_of_sale(name="Sovetsky")


@pytest.fixture
def milk():
    return make_product("Milk", price="2.00")


def worst(discount, floor=50, at=NOON):
    discount.refresh_from_db()
    composition = compositions_of([discount])[discount.pk]
    return worst_basket(composition, at=at, floor=Decimal(floor))


def name(discount, **what):
    DiscountItem.objects.create(discount=discount, **what)
    return discount


def test_at_the_floor_is_not_below_it(milk):
    assert worst(make_discount(value=50, everything=True)) is None
    found = worst(make_discount(value=51, everything=True))
    assert (found.total, found.payable, found.share) == (Decimal("2.00"), Decimal("0.98"), 49)


def test_with_others_that_are_live_to_the_cent(milk, shop):
    make_discount(name="Other", value=20, everything=True, stacking="combines")
    make_discount(name="Over", value=90, everything=True, stacking="combines", end=NOON - DAY / 2)
    discount = make_discount(name="Own", value=40, everything=True)
    found = worst(discount)
    assert found.savings == (
        Saving("Own", Decimal("0.80"), is_own=True),
        Saving("Other", Decimal("0.24"), is_own=False),
    )
    assert [(line.name, line.quantity, line.payable) for line in found.lines] == [
        ("Milk", 1, Decimal("0.96"))
    ]
    assert (found.point_of_sale, found.for_anybody) == (shop, True)


def test_an_offer_for_some_is_found_by_somebody_who_is_in_it_and_told_so(milk):
    group, audience = make_group(), make_audience({"all": []})
    name(make_discount(value=40, everything=True, stacking="combines"), customer_group=group)
    discount = make_discount(value=40, everything=True)
    condition = discount.conditions.create(kind="audiences")
    name(discount, condition=condition, audience=audience)
    found = worst(discount)
    assert (found.payable, found.for_anybody) == (Decimal("0.72"), False)


def test_at_hours_at_which_both_hold(milk):
    other = make_discount(value=40, everything=True, stacking="combines", end=NOON + 30 * DAY)
    other.conditions.create(kind="times", days=[5], begin=dt.time(9), end=dt.time(12))
    discount = make_discount(value=40, everything=True, end=NOON + 30 * DAY)
    found = worst(discount)
    assert (found.payable, found.at.weekday(), found.at.hour) == (Decimal("0.72"), 5, 9)


def test_with_another_that_begins_within_the_week(milk):
    begins, end = NOON + 3 * DAY, NOON + 30 * DAY
    make_discount(value=40, everything=True, stacking="combines", start=begins, end=end)
    found = worst(make_discount(value=40, everything=True, end=end))
    assert (found.payable, found.at) == (Decimal("0.72"), begins)


def test_personalized_sets_are_filled_from_lists(milk):
    promotion = make_personalized_promotion()
    make_list(promotion, make_customer(), [make_product("Honey", price="30.00")])
    discount = make_discount(value=90)
    trigger = make_product_set(discount, name="Bought", required=2)
    name(discount, product_set=trigger, product=milk)
    make_product_set(discount, gets_discount=True, personalized_promotion=promotion)
    found = worst(discount)
    assert [(line.name, line.quantity, line.payable) for line in found.lines] == [
        ("Milk", 2, Decimal("4.00")),
        ("Honey", 1, Decimal("3.00")),
    ]


def test_baskets_reach_the_order_amount_and_hold_what_conditions_ask_for(milk):
    make_product("Bread", price="1.00", category=make_category("Bakery"))
    discount = name(make_discount(kind="amount", value=30, currency="EUR"), product=milk)
    discount.conditions.create(kind="order_amount", minimum=20)
    found = worst(discount, floor=60)
    assert (found.total, found.payable) == (Decimal("20.00"), Decimal("0.00"))


@pytest.mark.parametrize(
    "fields",
    [{"is_active": False}, {"end": NOON - DAY / 2}],
)
def test_what_sells_nothing_is_not_looked_at(milk, fields):
    assert worst(make_discount(value=100, everything=True, **fields)) is None


def test_a_floor_of_nothing_switches_the_search_off(milk):
    assert worst(make_discount(value=100, everything=True), floor=0) is None


def test_a_discount_elsewhere_does_not_count(milk, shop):
    other = make_point_of_sale(name="Elsewhere")
    name(make_discount(value=90, everything=True, stacking="combines"), point_of_sale=other)
    discount = name(make_discount(value=40, everything=True), point_of_sale=shop)
    assert worst(discount) is None


@pytest.mark.parametrize("number", [1, 30])
def test_its_queries_do_not_grow_with_the_offers(milk, number):
    for _ in range(number):
        make_discount(value=40, everything=True, stacking="combines")
    discount = make_discount(value=40, everything=True)
    discount.refresh_from_db()
    composition = compositions_of([discount])[discount.pk]
    with CaptureQueriesContext(connection) as queries:
        worst_basket(composition, at=NOON, floor=Decimal(50))
    assert len(queries) == 9


def test_its_queries_do_not_grow_with_the_lists_of_others(milk):
    own = {"gets_discount": True}

    def queries(others):
        for _ in range(others):
            promotion = make_personalized_promotion()
            make_list(promotion, make_customer(), [milk])
            discount = make_discount(value=40, stacking="combines")
            make_product_set(discount, personalized_promotion=promotion, **own)
        discount.refresh_from_db()
        composition = compositions_of([discount])[discount.pk]
        with CaptureQueriesContext(connection) as captured:
            worst_basket(composition, at=NOON, floor=Decimal(50))
        return len(captured)

    assert queries(2) == queries(20)


def test_nobody_is_a_consumer_and_an_employee(milk):
    own = {"gets_discount": True}
    for users in ("consumers", "employees"):
        promotion = make_personalized_promotion(users=users)
        make_list(promotion, make_customer(), [milk])
        discount = make_discount(value=40, stacking="combines")
        make_product_set(discount, personalized_promotion=promotion, **own)
    assert worst(discount) is None
    assert worst(discount, floor=61).payable == Decimal("1.20")


def test_a_basket_that_would_save_more_than_the_budget_is_no_way_to_buy(milk):
    discount = make_discount(value=60, everything=True, budget=2, currency="EUR")
    found = worst(discount)
    assert max(line.quantity for line in found.lines) == 1
    discount.budget = 1
    discount.save()
    assert worst(discount) is None


def test_hours_shorter_than_an_hour_are_looked_at(milk):
    discount = make_discount(value=60, everything=True)
    half_hour = {"begin": dt.time(17, 20), "end": dt.time(17, 50)}
    discount.conditions.create(kind="times", **half_hour)
    assert worst(discount).at == NOON.replace(hour=17, minute=20)
    discount.conditions.create(kind="times", begin=dt.time(17, 45), position=1)
    assert worst(discount).at == NOON.replace(hour=17, minute=45)
