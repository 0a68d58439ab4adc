"""What is erased of loyalty with a customer, and what stays under a bare number."""

import pytest

from imports.models import UndoRecord
from loyalty.models import (
    HeldQuote,
    OfferAnswer,
    OfferItems,
    OfferUse,
    OfferUseCounter,
    Purchase,
    PurchaseLine,
)
from loyalty.personal.items import Item
from loyalty.purchases import holding
from tests.customers.traces import erase
from tests.factories import NOON, make_customer
from tests.imports.runs import undone
from tests.loyalty.factories import Mechanic, answer, give_items, make_personal_offer
from tests.loyalty.personal.item_files import run
from tests.loyalty.purchases.factories import make_order, make_purchase, returned
from tests.loyalty.purchases.verified import broken
from tests.promotions.factories import make_product

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    return make_customer("ann@example.com"), make_customer("bob@example.com")


def test_items_and_answers_are_erased_and_no_import_brings_them_back(people):
    ann, bob = people
    tea = make_product(external_id="TEA")
    offer = make_personal_offer(Mechanic.PRODUCTS, name="teas")
    line = "teas,{},TEA,,discount,percent,{},,"
    run(line.format(ann.email, 5), line.format(bob.email, 5))
    job = run(line.format(ann.email, 6), line.format(bob.email, 6))
    for each in people:
        answer(offer, each, item=tea.pk)
    erase(ann)
    assert [row.customer_id for row in OfferItems.objects.all()] == [bob.pk]
    assert [row.customer_id for row in OfferAnswer.objects.all()] == [bob.pk]
    assert {number for each in UndoRecord.objects.all() for number in each.ids or ()} == {bob.pk}
    undone(job)
    assert [(row.customer_id, row.items[0][3]) for row in OfferItems.objects.all()] == [(bob.pk, 5)]


def test_purchases_stay_under_a_bare_number(people):
    ann, _bob = people
    make_personal_offer(preference="points", value=10)
    make_purchase(receipt="R1", customer=ann)
    returned("R1", line1=1)
    before = list(Purchase.objects.values()), list(PurchaseLine.objects.values())
    erase(ann)
    assert (list(Purchase.objects.values()), list(PurchaseLine.objects.values())) == before
    assert [use.customer_id for use in OfferUse.objects.all()] == [0]
    assert broken() == {}


def test_held_quotes_are_given_back_and_deleted(people):
    ann, bob = people
    make_personal_offer(most_uses=2)
    for each in people:
        holding.hold(order=make_order(customer=each), at=NOON)
    erase(ann)
    assert [held.customer_id for held in HeldQuote.objects.all()] == [bob.pk]
    assert OfferUseCounter.objects.get(customer_id=0).used == 1
    assert broken() == {}


def test_items_of_others_stay(people):
    ann, bob = people
    offer = make_personal_offer(Mechanic.PRODUCTS)
    give_items(offer, bob, Item(make_product().pk))
    job = erase(ann)
    assert OfferItems.objects.count() == 1
    assert not any("personal offers" in note for note in job.notes)
