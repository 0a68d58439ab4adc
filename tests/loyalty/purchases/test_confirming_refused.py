"""What can't be confirmed: names, sums, points and customers that can't be (P1)."""

import pytest

from loyalty.models import Event, Purchase
from promotions.models import Use
from tests.factories import make_customer
from tests.loyalty.purchases.factories import give_points, make_order, make_purchase, refused
from tests.promotions.factories import make_discount, make_point_of_sale

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["", " ", "R 1 ", "x" * 65, "R\n1", "R\0", "\ud800", "..", "."])
def test_receipts_are_visible_and_can_be_asked_for(name):
    assert refused(name, make_order()) == "receipt"


@pytest.mark.parametrize("name", ["FV/2026/06 nr 1", "Paragon № 7", "x" * 64, "..."])
def test_receipts_may_be_named_as_shops_do(name):
    assert make_purchase(receipt=name).receipt == name


@pytest.mark.parametrize("name", ["calculate", "R1/cancel", "R1/returns"])
def test_receipts_are_not_named_as_addresses_are(name):
    assert refused(name, make_order()) == "receipt"


def test_points_that_are_not_there_can_not_be_spent_and_nothing_is_written():
    ann, place = make_customer(), make_point_of_sale()
    give_points(ann, 5)
    make_discount(everything=True, most_uses=1)
    assert refused("R1", make_order(customer=ann, place=place, points="5.01")) == "points_balance"
    assert refused("R1", make_order(place=place, points=1)) == "points_of_nobody"
    assert (Purchase.objects.count(), Use.objects.count(), Event.objects.count()) == (0, 0, 0)


def test_sums_that_nothing_could_hold_are_refused():
    line = ("SKU", "999999", "1000000000")
    assert refused("R1", make_order(line)) == "amount"
    assert (
        refused("R1", make_order(("SKU", "1000", "1000000000"), ("SKU", "1", "0.01"))) == "amount"
    )
    most = make_purchase(("SKU", "1000", "1000000000"))
    assert most.total == 10**12


def test_unknown_customers_and_prospects_buy_nothing():
    waiting = make_customer(is_prospect=True)
    order = make_order(customer=waiting)
    assert refused("R1", order) == "unknown_customer"
