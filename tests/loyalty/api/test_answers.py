"""The API of customers' yes or no to personal offers (L13, L14)."""

import pytest

from loyalty.models import OfferAnswer
from loyalty.personal.items import Item
from promotions.models import Product
from tests.factories import DAY, NOON, make_customer
from tests.loyalty.api.personal_offers import offers
from tests.loyalty.factories import Mechanic, give_items, make_personal_offer
from tests.promotions.factories import make_product

pytestmark = pytest.mark.django_db


def answered(asking, customer, offer, how, body=None):
    path = f"id:{customer.pk}/personal-offers/{offer.pk}/{how}"
    return asking("post", path, data=body, content_type="application/json")


@pytest.fixture
def bags():
    """An offer that is live whenever this runs."""
    offer = make_personal_offer(
        Mechanic.PRODUCTS,
        value=20,
        needs_acceptance=True,
        start=NOON - 9000 * DAY,
        end=NOON + 9000 * DAY,
    )
    ann = make_customer()
    products = [make_product(external_id=code) for code in ("HANDBAG", "PURSE")]
    give_items(offer, ann, *(Item(each.pk) for each in products))
    return offer, ann


def test_l13_accepting_and_declining_again_and_again(asking, bags):
    offer, ann = bags
    accepted = answered(asking, ann, offer, "accept").json()
    assert (accepted["state"], accepted["counts"]) == ("accepted", True)
    assert answered(asking, ann, offer, "accept").json() == accepted
    first = answered(asking, ann, offer, "decline", {"products": ["PURSE"]}).json()
    states = {
        each["goods"]["products"][0]["external_id"]: each["state"] for each in first["pieces"]
    }
    assert states == {"HANDBAG": "accepted", "PURSE": "declined"}
    assert answered(asking, ann, offer, "decline").json()["state"] == "declined"
    assert OfferAnswer.objects.filter(accepted=False).count() == 2


@pytest.mark.parametrize(
    ("status", "code", "body"),
    [
        (422, "unknown_product", {"products": []}),
        (422, "unknown_product", {"products": ["NOTHING"]}),
        (422, "unknown_product", {"products": ["OTHER"]}),
        (422, "malformed", {"products": "HANDBAG"}),
        (422, "malformed", {"product": ["HANDBAG"]}),
    ],
)
def test_what_is_not_among_the_items_is_refused(asking, bags, status, code, body):
    make_product(external_id="OTHER")
    offer, ann = bags
    refused = answered(asking, ann, offer, "accept", body)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert not OfferAnswer.objects.exists()


def test_of_what_was_seen_it_is_answered_to_what_is_left(asking, bags):
    """Of what came meanwhile, or is yet to come and was not listed, nobody has said anything."""
    offer, ann = bags
    seen = {"seen": ["HANDBAG", "GONE"]}
    shown = answered(asking, ann, offer, "accept", seen).json()
    states = {
        each["goods"]["products"][0]["external_id"]: each["state"] for each in shown["pieces"]
    }
    assert states == {"HANDBAG": "accepted", "PURSE": "pending"}
    assert answered(asking, ann, offer, "accept", seen).json() == shown
    answered(asking, ann, offer, "decline", {"seen": ["HANDBAG", "PURSE"]})
    assert list(OfferAnswer.objects.values_list("accepted", flat=True)) == [False, False]


@pytest.mark.parametrize(
    ("status", "code", "body"),
    [
        (409, "none_left", {"seen": ["OTHER"]}),
        (409, "none_left", {"seen": ["GONE"]}),
        (409, "none_left", {"seen": []}),
        (422, "malformed", {"seen": ["HANDBAG"], "products": ["HANDBAG"]}),
    ],
)
def test_where_nothing_is_left_of_what_was_seen_nothing_is_answered(
    asking, bags, status, code, body
):
    make_product(external_id="OTHER")
    offer, ann = bags
    refused = answered(asking, ann, offer, "accept", body)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert not OfferAnswer.objects.exists()


def test_an_offer_without_products_was_seen_as_a_whole(asking, bags):
    offer = make_personal_offer(needs_acceptance=True, start=bags[0].start, end=bags[0].end)
    ann = bags[1]
    assert answered(asking, ann, offer, "accept", {"seen": ["PURSE"]}).status_code == 409
    assert answered(asking, ann, offer, "accept", {"seen": []}).json()["state"] == "accepted"


def test_others_offers_are_unknown_and_what_needs_no_yes_is_not_asked(asking, bags):
    offer, ann = bags
    bob = make_customer()
    for customer, wanted, status, code in (
        (bob, offer, 404, "unknown_offer"),
        (ann, make_personal_offer(start=offer.start, end=offer.end), 409, "not_asked"),
        (ann, make_personal_offer(needs_acceptance=True), 404, "unknown_offer"),
    ):
        refused = answered(asking, customer, wanted, "accept")
        assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert asking("get", "id:999999/personal-offers").status_code == 404


def test_items_of_which_nothing_is_left_are_not_listed(asking, bags):
    """No till finds them (L12)."""
    offer, ann = bags
    answered(asking, ann, offer, "accept", {"products": ["PURSE"]})
    Product.objects.get(external_id="HANDBAG").delete()
    (shown,) = offers(asking, ann)["items"]
    goods = [piece["goods"]["products"][0]["external_id"] for piece in shown["pieces"]]
    assert (goods, shown["state"], shown["counts"]) == (["PURSE"], "accepted", True)
    Product.objects.get(external_id="PURSE").delete()
    assert offers(asking, ann)["items"] == []
    assert answered(asking, ann, offer, "accept").status_code == 404
