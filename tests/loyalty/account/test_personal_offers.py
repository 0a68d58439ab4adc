"""What a customer sees of personal offers in the account (L1, L8, L22), and nobody else's."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from loyalty.models import OfferAnswer, PersonalOfferText
from loyalty.personal.items import Item
from tests.factories import make_audience, make_member, make_staff
from tests.loyalty.account.pages import OFFERS, offer_now, pills, plain, states, titles
from tests.loyalty.factories import Mechanic, answer, give_items
from tests.pages import signed_in
from tests.promotions.factories import (
    make_category,
    make_point_of_sale,
    make_product,
    make_product_group,
)


def test_l1_l8_what_is_for_a_customer_is_shown_to_them_alone(ann, ben):
    audience = make_audience()
    make_member(audience, ann)
    offer_now(title="For all")
    offer_now(title="For Ann's audience", all_customers=False).targets.create(audience=audience)
    bens, product = offer_now(Mechanic.PRODUCTS, title="Ben's own", value=9), make_product("Hat")
    give_items(bens, ben, Item(product.pk))
    anns, bens = (signed_in(each.user).get(OFFERS) for each in (ann, ben))
    assert titles(anns) == ["For all", "For Ann's audience"]
    assert titles(bens) == ["For all", "Ben's own"]
    assert b"Hat" not in anns.content
    assert titles(signed_in(make_staff(is_superuser=True)).get(OFFERS)) == []


def test_only_what_is_announced_in_the_account_and_goes_on_is_shown_l22(ann):
    now = timezone.now()
    offer_now(title="Here")
    offer_now(title="By e-mail", channels=["email"])
    offer_now(title="Over", end=now - dt.timedelta(hours=1))
    offer_now(title="To come", start=now + dt.timedelta(hours=1))
    offer_now(title="Off", is_active=False)
    own = offer_now(Mechanic.PRODUCTS, title="Announced to her by e-mail", value=5)
    give_items(own, ann, Item(make_product().pk), channels=["email"])
    assert titles(signed_in(ann.user).get(OFFERS)) == ["Here"]


def test_texts_are_in_the_customers_language(ann):
    offer = offer_now(title="Bags")
    PersonalOfferText.objects.create(offer=offer, language="pl", title="Torebki")
    client = signed_in(ann.user)
    assert titles(client.get(OFFERS)) == ["Bags"]
    client.post("/account/language/", {"language": "pl"})
    assert titles(client.get(OFFERS)) == ["Torebki"]


def test_l14_what_was_declined_is_not_said_to_count(ann):
    offer = offer_now(needs_acceptance=True)

    def heading(accepted):
        answer(offer, ann, accepted=accepted)
        body = signed_in(ann.user).get(OFFERS).content.decode()
        return plain(body.split('<div class="heading">')[1].split("</div>")[0])

    count = "Offers made for you They count at the till as soon as it knows that it is you"
    assert heading(accepted=True) == f"{count}."
    OfferAnswer.objects.all().delete()
    assert heading(accepted=False) == f"{count}, but for those that you declined."


def test_pills_narrow_to_what_waits_or_was_accepted(ann):
    for number, accepted in enumerate([None, True, False, None]):
        offer = offer_now(title=f"Asked {number}", needs_acceptance=True)
        if accepted is not None:
            answer(offer, ann, accepted=accepted)
    offer_now(title="Counts anyway")
    client = signed_in(ann.user)
    page = client.get(OFFERS)
    assert pills(page) == ["All 5", "Waiting 2", "Accepted 1"]
    assert states(page) == {
        "Asked 0": "Waits for your answer",
        "Asked 1": "Accepted",
        "Asked 2": "Declined",
        "Asked 3": "Waits for your answer",
        "Counts anyway": "Counts for you",
    }
    assert "For you 2 wait for your answer" in plain(page.content.decode())
    assert titles(client.get(OFFERS, {"state": "pending"})) == ["Asked 0", "Asked 3"]
    assert titles(client.get(OFFERS, {"state": "accepted"})) == ["Asked 1"]
    assert len(titles(client.get(OFFERS, {"state": "nonsense"}))) == 5


def test_where_nothing_is_asked_there_are_no_pills_and_nothing_waits(ann):
    offer_now()
    page = signed_in(ann.user).get(OFFERS)
    assert pills(page) == []
    assert b"wait for your answer" not in page.content


@pytest.mark.parametrize(
    ("page", "count"), [("1", 24), ("2", 2), ("99", 2), ("x", 24), ("-1", 2), ("", 24)]
)
def test_a_page_has_24_and_what_is_no_page_is_the_first_or_last(ann, page, count):
    for number in range(26):
        offer_now(title=f"Offer {number:02}")
    assert len(titles(signed_in(ann.user).get(OFFERS, {"page": page}))) == count


def test_of_many_some_are_found_by_their_words(ann):
    for number in range(25):
        offer_now(title=f"Offer {number:02}", text="Bread" if number == 7 else "")
    client = signed_in(ann.user)
    assert b'name="find"' in client.get(OFFERS).content
    assert titles(client.get(OFFERS, {"find": "bread offer"})) == ["Offer 07"]
    assert titles(client.get(OFFERS, {"find": "\0nothing"})) == []
    assert b"None of your offers has these words" in client.get(OFFERS, {"find": "nil"}).content


def test_an_address_of_an_offer_is_the_page_that_has_it(ann):
    made = [offer_now(title=f"Offer {number:02}") for number in range(26)]
    client = signed_in(ann.user)
    assert "Offer 25" in titles(client.get(OFFERS, {"offer": made[25].pk}))
    assert "Offer 00" in titles(client.get(OFFERS, {"offer": "9" * 30}))


def test_nothing_yet_says_what_to_do_next(ann):
    page = signed_in(ann.user).get(OFFERS).content.decode()
    assert "No offers made for you right now" in page
    assert "show your card or phone at the till" in page
    assert '<a class="button" href="/account/offers/">' in page


def test_who_is_not_signed_in_is_asked_to_and_a_page_is_kept_nowhere(ann):
    assert Client().get(OFFERS).status_code == 302
    assert "no-store" in signed_in(ann.user).get(OFFERS)["Cache-Control"]


def test_without_an_altshop_there_is_no_page(ann):
    client = signed_in(ann.user)
    ann._meta.apps.get_model("offers", "AltShop").objects.all().delete()
    assert client.get(OFFERS).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("offers", [1, 3])
def test_the_page_costs_six_queries(ann, offers, django_assert_num_queries):
    """Session and user, altshops, the offers, then names: of all that may be dead, and of what the
    page shows."""
    place, group = make_point_of_sale(), make_product_group()
    for _ in range(offers):
        offer = offer_now(everything=False, needs_acceptance=True)
        offer.targets.create(product=make_product())
        offer.targets.create(category=make_category())
        offer.targets.create(product_group=group)
        offer.targets.create(point_of_sale=place)
    client = signed_in(ann.user)
    client.get(OFFERS)
    with django_assert_num_queries(6):
        assert len(titles(client.get(OFFERS))) == offers
    with django_assert_num_queries(7):
        client.get(OFFERS, {"find": "personal"})
