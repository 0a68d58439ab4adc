"""The same receipt again is the same purchase, and with anything else it is refused (P1)."""

import pytest

from loyalty.models import Event, OfferUse, Purchase, PurchaseLine
from loyalty.purchases import answers
from promotions.models import Use
from tests.factories import DAY, NOON, make_customer
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.ledgers import entries
from tests.loyalty.purchases.factories import confirmed, make_order, make_purchase, refused
from tests.promotions.factories import make_discount, make_point_of_sale

pytestmark = pytest.mark.django_db


def test_the_same_again_is_the_same_however_it_is_written_P1():
    ann, place = make_customer(), make_point_of_sale()
    make_discount(everything=True, most_uses=1)
    make_personal_offer(preference="points", value=10)
    first = confirmed("R1", make_order(("SKU", "2", "10"), customer=ann, place=place))
    again = make_order(("SKU", "2.000", "1E+1"), customer=ann, place=place)
    assert again.digest() == make_order(customer=ann, place=place).digest()
    second = confirmed("R1", again, at=NOON + DAY)
    assert answers.of_purchase(second) == answers.of_purchase(first)
    counts = [model.objects.count() for model in (Purchase, PurchaseLine, Use, OfferUse, Event)]
    assert counts == [1, 1, 1, 1, 1]
    assert entries(ann) == [("issued", 1)]


def test_the_same_again_is_answered_whatever_became_of_its_customer_and_offers_P1():
    ann, place = make_customer(), make_point_of_sale()
    order = make_order(customer=ann, place=place)
    first = confirmed("R1", order)
    type(ann).objects.filter(pk=ann.pk).delete()
    assert answers.of_purchase(confirmed("R1", order)) == answers.of_purchase(first)


@pytest.mark.parametrize(
    "other",
    [
        {"points": 1},
        {"place": "P2"},
        {"at": NOON},
        {"customer": None},
        {"lines": [("SKU", "3", "10.00")]},
        {"lines": [("SKU", "2", "10.01")]},
        {"lines": [("SKV", "2", "10.00")]},
        {"lines": [("SKU", "1", "10.00"), ("SKU", "1", "10.00")]},
    ],
)
def test_another_content_under_the_same_receipt_is_refused_P1(other):
    make_point_of_sale(key="P2")
    place, ann = make_point_of_sale(key="P1"), make_customer()
    make_purchase(receipt="R1", customer=ann, place=place)
    fields = {"customer": ann, "place": "P1"} | other
    order = make_order(*fields.pop("lines", ()), **fields)
    assert refused("R1", order) == "receipt_used"
    assert Purchase.objects.count() == 1


def test_lines_in_another_order_are_another_receipt():
    place = make_point_of_sale()
    lines = [("A", "1", "1.00"), ("B", "1", "1.00")]
    orders_ = [make_order(*some, place=place) for some in (lines, lines[::-1])]
    assert orders_[0].digest() != orders_[1].digest()
