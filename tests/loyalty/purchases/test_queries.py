"""How many queries a purchase costs, however many lines it has."""

import pytest

from loyalty.purchases import holding
from promotions.models import Use
from tests.factories import NOON, make_customer
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.purchases.factories import (
    cancelled,
    confirmed,
    give_points,
    make_order,
    returned,
)
from tests.promotions.factories import make_discount, make_point_of_sale, make_product

pytestmark = pytest.mark.django_db(transaction=True)  # or the book is read for each


def lines_of(number):
    return [(f"TEA{each}", "2", "10.00") for each in range(number)]


@pytest.fixture
def place():
    for each in range(20):
        make_product(external_id=f"TEA{each}")
    return make_point_of_sale()


@pytest.mark.parametrize("lines", [1, 20])
def test_of_a_purchase_without_offers(django_assert_num_queries, place, lines):
    confirmed("warm", make_order(place=place))
    order = make_order(*lines_of(lines), place=place)
    with django_assert_num_queries(8):
        confirmed("R1", order)
    with django_assert_num_queries(4):
        confirmed("R1", order)


@pytest.mark.parametrize("lines", [1, 20])
def test_of_a_purchase_with_everything(django_assert_num_queries, place, lines):
    ann = make_customer()
    give_points(ann, 9)
    make_discount(everything=True, most_a_day=10)
    make_personal_offer(preference="points", value=10)
    confirmed("warm", make_order(customer=ann, place=place))
    order = make_order(*lines_of(lines), customer=ann, place=place, points=2)
    with django_assert_num_queries(33):
        confirmed("R1", order)
    with django_assert_num_queries(33):
        returned("R1", line1=1)
    with django_assert_num_queries(34):
        returned("R1")
    confirmed("R2", order)
    with django_assert_num_queries(33):
        cancelled("R2")
    with django_assert_num_queries(18):
        holding.hold(order=order, at=NOON)
    assert Use.objects.count() == 4
