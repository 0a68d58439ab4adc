"""An offer is deleted with what customers have of it, and what it names stays."""

import pytest

from loyalty import tasks
from loyalty.models import OfferAnswer, OfferItems, OfferUse, PersonalOffer
from promotions.models import Product
from tests.factories import NOON, make_audience, make_customer, make_image
from tests.loyalty.admin.personal_offers.forms import (
    EDITOR,
    VIEW,
    aim,
    give,
    make_personal_offer,
    said,
    url,
)
from tests.offers.test_removal import run_queued
from tests.pages import links, page_text, staff_with
from tests.promotions.factories import (
    make_category,
    make_point_of_sale,
    make_product,
    make_product_group,
)

pytestmark = pytest.mark.django_db

DELETER = (*EDITOR, "loyalty.delete_personaloffer")


def test_deleting_asks_with_numbers_and_sweeps_items_and_answers_away():
    client = staff_with(*DELETER)
    offer, other = (make_personal_offer(mechanic="products") for _ in range(2))
    for _ in range(2):
        customer = make_customer()
        for each in (offer, other):
            give(customer, each, [1])
            said(customer, each, True, 1)
    page = page_text(client.get(url(offer, "delete")))
    assert "2 customers lose the items they have of it." in page
    assert "2 answers to it are deleted." in page
    assert client.post(url(offer, "delete"), {"post": "yes"}).status_code == 302
    assert list(PersonalOffer.objects.all()) == [other]
    run_queued(tasks.sweep_personal_offer)
    assert OfferItems.objects.filter(offer_id=other.pk).count() == OfferItems.objects.count() == 2
    assert OfferAnswer.objects.filter(offer_id=other.pk).count() == OfferAnswer.objects.count() == 2


def test_the_sweep_spares_an_offer_that_exists():
    offer = make_personal_offer(mechanic="products")
    give(make_customer(), offer, [1])
    tasks.sweep_personal_offer(offer_id=offer.pk)
    assert OfferItems.objects.count() == 1


def test_an_offer_with_uses_is_switched_off_instead():
    client = staff_with(*DELETER)
    offer = make_personal_offer()
    OfferUse.objects.create(offer=offer, purchase="P1", at=NOON, amount=1)
    assert "It can't be deleted: receipts speak of it." in page_text(
        client.post(url(offer, "delete"), {"post": "yes"})
    )
    assert client.post(url(offer, "delete"), {"switch_off": "1"}).status_code == 302
    assert PersonalOffer.objects.get().is_active is False


@pytest.mark.parametrize(
    ("kind", "make", "model"),
    [
        ("product", make_product, "product"),
        ("category", make_category, "category"),
        ("product_group", make_product_group, "productgroup"),
        ("point_of_sale", make_point_of_sale, "pointofsale"),
    ],
)
def test_what_an_offer_names_is_not_deleted(kind, make, model):
    thing, offer = make(), make_personal_offer(name="in-use")
    aim(offer, **{kind: thing})
    client = staff_with(f"promotions.view_{model}", f"promotions.delete_{model}", VIEW)
    answer = client.post(f"/admin/promotions/{model}/{thing.pk}/delete/", {"post": "yes"})
    assert "Personal offer “in-use”" in page_text(answer) or "in-use" in page_text(answer)
    assert type(thing).objects.filter(pk=thing.pk).exists()


def test_an_audience_of_an_offer_is_not_deleted():
    audience, offer = make_audience({"all": []}), make_personal_offer(name="in-use")
    aim(offer, audience=audience)
    client = staff_with("customers.view_audience", "customers.delete_audience", VIEW)
    answer = client.post(f"/admin/customers/audience/{audience.pk}/delete/", {"post": "yes"})
    assert ("in-use", url(offer)) in links(answer)
    audience.refresh_from_db()


def test_a_picture_of_an_offer_is_not_deleted():
    image = make_image()
    offer = make_personal_offer(name="in-use", phone_picture=image)
    client = staff_with("offers.view_image", "offers.delete_image", VIEW)
    answer = client.post(f"/admin/offers/image/{image.pk}/delete/", {"post": "yes"})
    assert ("in-use", url(offer)) in links(answer)
    image.refresh_from_db()


def test_a_product_of_items_only_can_be_deleted():
    bag, offer = make_product(), make_personal_offer(mechanic="products")
    give(make_customer(), offer, [bag.pk])
    client = staff_with("promotions.view_product", "promotions.delete_product")
    page = f"/admin/promotions/product/{bag.pk}/delete/"
    assert client.post(page, {"post": "yes"}).status_code == 302
    assert not Product.objects.exists()
