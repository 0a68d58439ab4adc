"""What must be true of personal offers holds, and is broken by what it is about."""

import pytest
from django.db import connection

from customers.models import Customer
from customers.verification import stated, verify
from loyalty.models import OfferItems, OfferUseCounter
from loyalty.personal.items import Item
from loyalty.personal.limits import PERSONAL_OFFERS
from promotions.limits import Given
from tests.factories import NOON, make_customer
from tests.loyalty.factories import Mechanic, answer, give_items, make_personal_offer

pytestmark = pytest.mark.django_db


def broken():
    ours = [each for each in stated() if each.name.startswith("loyalty.offer-")]
    assert len(ours) == 5
    return {each.invariant.name for each in verify(ours, at=NOON) if not each.holds}


@pytest.fixture
def ladder():
    offer = make_personal_offer(Mechanic.RECEIPT_AMOUNT, most_uses=5)
    row = give_items(offer, make_customer(), Item(1000, value=10), Item(3000, value=20))
    PERSONAL_OFFERS.claim(
        purchase="p", customer_id=row.customer_id, given=[Given(offer.pk, 1)], at=NOON
    )
    return row


def test_they_hold_of_what_customers_have(ladder):
    bags, ann = make_personal_offer(Mechanic.PRODUCTS), make_customer()
    give_items(bags, ann, Item(7, value=10, start=NOON))
    answer(bags, ann, item=7)
    assert broken() == set()


@pytest.mark.parametrize(
    "items", [[], [[]], [["x"]], [[1, "x"]], [[1, "d", "x"]], [[1, None, None, -1]], {}, [7]]
)
def test_items_that_cannot_be_read(ladder, items):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE loyalty_offeritems DROP CONSTRAINT offer_items_has_some")
    OfferItems.objects.update(items=items)
    assert "loyalty.offer-items-are-read" in broken()


def test_items_that_end_before_they_begin(ladder):
    OfferItems.objects.update(items=[[1, None, None, 5, 200, 100]])
    assert broken() == {"loyalty.offer-items-are-read"}


def test_thresholds_that_do_not_rise(ladder):
    OfferItems.objects.update(items=[[1000], [1000]])
    assert broken() == {"loyalty.offer-thresholds-rise"}


def test_answers_to_what_is_not_there(ladder):
    bags, ann = make_personal_offer(Mechanic.PRODUCTS), make_customer()
    give_items(bags, ann, Item(7))
    answer(bags, ann, item=8)
    assert broken() == {"loyalty.offer-answers-are-to-items"}


def test_items_of_prospects(ladder):
    customers = Customer.objects.filter(pk=ladder.customer_id)
    customers.update(is_prospect=True)
    assert broken() == {"loyalty.offer-items-are-of-customers"}


def test_counters_that_are_not_the_uses(ladder):
    OfferUseCounter.objects.update(used=7)
    assert broken() == {"loyalty.offer-use-counters"}
