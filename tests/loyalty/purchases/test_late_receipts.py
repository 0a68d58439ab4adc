"""A receipt that is sent later is priced as of its time."""

import datetime as dt

import pytest

from loyalty.ledger import balance_of
from loyalty.purchases import orders
from tests.factories import DAY, NOON, make_customer
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.purchases.factories import (
    cancelled,
    confirmed,
    give_points,
    make_order,
    refused,
    returned,
)
from tests.loyalty.purchases.verified import broken
from tests.promotions.factories import make_discount, make_point_of_sale

pytestmark = pytest.mark.django_db


def test_a_receipt_that_is_sent_later_is_priced_as_of_its_time():
    """The book, the audiences, the limits' periods: all are those of when it was bought."""
    ann, place = make_customer(birth_date=dt.date(1990, 6, 15)), make_point_of_sale()
    make_discount(everything=True, start=NOON - 3 * DAY, end=NOON - DAY, most_a_day=1)
    order = make_order(customer=ann, place=place, at=NOON - 2 * DAY)
    bought = [confirmed(name, order).purchase for name in ("R1", "R2")]
    assert [(each.discount, each.at) for each in bought] == [
        (10, NOON - 2 * DAY),
        (0, NOON - 2 * DAY),
    ]
    later = make_order(customer=ann, place=place, at=NOON - 11 * DAY / 4)
    assert confirmed("R3", later).purchase.discount == 10
    assert broken() == {}


def test_points_of_a_late_receipt_open_as_if_it_had_come_in_time():
    ann = make_customer()
    make_personal_offer(preference="points", value=10, start=NOON - 30 * DAY)
    record = confirmed("R1", make_order(customer=ann, at=NOON - 20 * DAY))
    assert record.points_open_at == NOON - 6 * DAY
    assert balance_of(ann.pk, at=NOON) == 2


def test_what_has_not_happened_yet_is_refused_but_for_clocks_that_are_a_little_fast():
    ahead = NOON + orders.APART
    assert refused("R1", make_order(at=ahead + dt.timedelta(seconds=1))) == "moment_ahead"
    assert confirmed("R1", make_order(at=ahead)).purchase.at == ahead


def test_what_a_fast_clock_sold_is_not_taken_back_before_that():
    ahead = NOON + orders.APART
    for receipt in ("R1", "R2"):
        confirmed(receipt, make_order(at=ahead))
    assert returned("R1").returned.row.at == ahead
    assert cancelled("R2").purchase.cancelled_at == ahead


def test_points_are_those_of_now_also_for_a_late_receipt():
    ann = make_customer()
    give_points(ann, 5)
    order = make_order(customer=ann, points=5, at=NOON - 9 * DAY)
    assert confirmed("R1", order).purchase.points_spent == 5
