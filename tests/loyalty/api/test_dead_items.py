"""Items of products that are no more are no part of what a customer has by the API (L12, L13)."""

import pytest

from loyalty.models import OfferAnswer, PersonalOffer
from tests.factories import make_customer
from tests.loyalty.api.personal_offers import offers, titles
from tests.loyalty.dead_items import give_dead_items

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    ann = make_customer()
    give_dead_items(ann)
    return ann


def test_l12_they_are_not_counted_and_leave_no_holes_in_pages(asking, ann):
    assert offers(asking, ann)["count"] == 3
    pages = [titles(asking, ann, limit=1, offset=number) for number in range(3)]
    assert pages == [["Half dead"], ["Waits"], ["For all"]]


def test_l12_an_offer_is_found_by_the_state_that_is_told_of_it(asking, ann):
    told = {each["title"]: each["state"] for each in offers(asking, ann)["items"]}
    assert told == {"Half dead": "accepted", "Waits": "pending", "For all": "open"}
    for title, state in told.items():
        assert titles(asking, ann, state=state) == [title]


def test_l13_nobody_answers_to_what_is_no_more(asking, ann):
    def decline(title):
        pk = PersonalOffer.objects.get(title=title).pk
        path = f"id:{ann.pk}/personal-offers/{pk}/decline"
        return asking("post", path, content_type="application/json")

    refused = decline("Dead")
    assert (refused.status_code, refused.json()["code"]) == (404, "unknown_offer")
    assert OfferAnswer.objects.values_list("accepted").get() == (True,)
    assert decline("Half dead").json()["state"] == "declined"
    assert OfferAnswer.objects.values_list("accepted").get() == (False,), "to what there is"
