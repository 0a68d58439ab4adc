"""Saying yes or no in the account (L14, L15): by plain forms, to one's own, as often as liked."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from loyalty.models import OfferAnswer, OfferItems
from loyalty.personal.items import Item
from tests.factories import make_staff
from tests.loyalty.account.pages import OFFERS, buttons, messages, offer_now, states, titles
from tests.loyalty.factories import Mechanic, give_items
from tests.pages import signed_in
from tests.promotions.factories import make_product


def answers():
    return sorted(OfferAnswer.objects.values_list("customer_id", "offer_id", "item", "accepted"))


def press(client, offer, query="", **sent):
    return client.post(f"{OFFERS}{offer.pk}/{query}", sent)


def seen(client, offer):
    """What the page now tells in the form that answers to all of the offer."""
    body = client.get(OFFERS).content.decode()
    form = re.search(rf'<form class="answers"[^>]*{OFFERS}{offer.pk}/.*?</form>', body, re.S)[0]
    found = re.search(r'name="seen" value="(.*?)"', form)
    return {"seen": found[1]} if found else {}


def card_lines(response, name):
    """What the card says about one item."""
    body = response.content.decode()
    return re.search(rf'<p class="name">{name}.*?</li>', body, re.S)[0]


def test_l15_a_customer_accepts_and_declines_until_it_ends_and_comes_back_to_the_card(ann, ben):
    offer = offer_now(title="Your September bags", needs_acceptance=True)
    anns, bens = signed_in(ann.user), signed_in(ben.user)
    both = ["Accept Your September bags", "Decline Your September bags"]
    assert buttons(anns.get(OFFERS)) == both
    response = press(anns, offer, accept="all")
    assert response["Location"] == f"{OFFERS}?offer={offer.pk}#offer-{offer.pk}"
    page = anns.get(response["Location"])
    assert messages(page) == "You accepted “Your September bags”."
    assert (states(page), buttons(page)) == ({"Your September bags": "Accepted"}, both[1:])
    assert states(bens.get(OFFERS)) == {"Your September bags": "Waits for your answer"}
    page = anns.get(press(anns, offer, decline="all")["Location"])
    assert messages(page) == "You declined “Your September bags”."
    assert (states(page), buttons(page)) == ({"Your September bags": "Declined"}, both[:1])
    press(anns, offer, accept="all")
    assert answers() == [(ann.pk, offer.pk, 0, True)]


def test_l14_pressing_twice_is_harmless(ann):
    offer, client = offer_now(needs_acceptance=True), signed_in(ann.user)
    assert [press(client, offer, accept="all").status_code for _ in range(2)] == [302, 302]
    assert answers() == [(ann.pk, offer.pk, 0, True)]


def test_l14_of_products_each_is_answered_by_itself_or_all_at_once(ann):
    bag, purse = make_product("Bag"), make_product("Purse")
    offer = offer_now(Mechanic.PRODUCTS, title="Autumn", value=20, needs_acceptance=True)
    give_items(offer, ann, Item(bag.pk), Item(purse.pk))
    client = signed_in(ann.user)
    assert buttons(client.get(OFFERS)) == [
        "Accept Bag of Autumn",
        "Decline Bag of Autumn",
        "Accept Purse of Autumn",
        "Decline Purse of Autumn",
        "Accept all of Autumn",
        "Decline all of Autumn",
    ]
    response = press(client, offer, accept=purse.pk)
    assert response["Location"] == f"{OFFERS}?offer={offer.pk}#offer-{offer.pk}-{purse.pk}"
    page = client.get(response["Location"])
    assert messages(page) == "You accepted a product of “Autumn”."
    assert states(page) == {"Autumn": "Waits for your answer"}
    assert "Accepted" in card_lines(page, "Purse")
    assert "Waits for your answer" in card_lines(page, "Bag")
    assert answers() == [(ann.pk, offer.pk, purse.pk, True)]
    response = press(client, offer, decline="all", **seen(client, offer))
    assert messages(client.get(response["Location"])) == "You declined “Autumn”."
    assert answers() == [(ann.pk, offer.pk, each.pk, False) for each in (bag, purse)]


def change(offer, customer, *products):
    OfferItems.objects.filter(offer_id=offer.pk, customer_id=customer.pk).delete()
    give_items(offer, customer, *[Item(each.pk) for each in products])


@pytest.mark.parametrize(("deed", "did"), [("accept", "you accepted"), ("decline", "you declined")])
@pytest.mark.parametrize("first", [["Bag"], ["Bag", "Purse"]])
def test_all_is_what_the_customer_saw_whatever_the_list_has_by_now(ann, deed, did, first):
    """Of what came since nothing is answered, also where the first had but one."""
    bag, purse, hat = (make_product(each) for each in ("Bag", "Purse", "Hat"))
    offer = offer_now(Mechanic.PRODUCTS, title="All", value=20, needs_acceptance=True)
    change(offer, ann, *[each for each in (bag, purse) if each.name in first])
    client = signed_in(ann.user)
    shown = seen(client, offer)
    change(offer, ann, bag, hat)
    for _ in range(2):
        page = client.get(press(client, offer, **{deed: "all"}, **shown)["Location"])
        assert messages(page) == (
            f"The list has changed. Of “All” {did} what you saw, if it is still there."
        )
        assert 'class="warning"' in page.content.decode()
        assert "Waits for your answer" in card_lines(page, "Hat")
        assert answers() == [(ann.pk, offer.pk, bag.pk, deed == "accept")]
    page = client.get(press(client, offer, accept="all", **seen(client, offer))["Location"])
    assert messages(page) == "You accepted “All”."
    assert answers() == [(ann.pk, offer.pk, each.pk, True) for each in (bag, hat)]


@pytest.mark.parametrize("sent", ["shown", "", "nonsense", "0", "1,,x," + "9" * 9999])
def test_of_a_list_of_which_nothing_is_left_nothing_is_answered(ann, sent):
    """Nor where a page doesn't say what it showed."""
    bag, hat = make_product("Bag"), make_product("Hat")
    offer = offer_now(Mechanic.PRODUCTS, title="All", value=20, needs_acceptance=True)
    change(offer, ann, bag)
    client = signed_in(ann.user)
    shown = seen(client, offer)["seen"] if sent == "shown" else sent
    change(offer, ann, hat)
    response = press(client, offer, accept="all", seen=shown)
    assert response.status_code == 409
    assert messages(response) == (
        "The list has changed, and nothing was answered. Here is what it has now."
    )
    assert ("Hat" in response.content.decode(), answers()) == (True, [])


def test_an_item_to_come_can_be_answered_before(ann):
    bag, purse = make_product("Bag"), make_product("Purse")
    offer = offer_now(Mechanic.PRODUCTS, value=20, needs_acceptance=True)
    later = timezone.now() + dt.timedelta(hours=2)
    give_items(offer, ann, Item(bag.pk), Item(purse.pk, start=later.replace(microsecond=0)))
    client = signed_in(ann.user)
    press(client, offer, accept=purse.pk)
    line = card_lines(client.get(OFFERS), "Purse")
    assert "Upcoming" in line
    assert "Accepted" in line


def test_a_single_item_has_the_buttons_of_the_offer(ann):
    offer = offer_now(Mechanic.PRODUCTS, title="One", value=20, needs_acceptance=True)
    product = make_product("Bag")
    give_items(offer, ann, Item(product.pk))
    client = signed_in(ann.user)
    assert buttons(client.get(OFFERS)) == ["Accept One", "Decline One"]
    press(client, offer, accept="all", **seen(client, offer))
    assert answers() == [(ann.pk, offer.pk, product.pk, True)]


def test_what_counts_anyway_has_no_buttons(ann):
    offer_now(title="Anyway")
    assert buttons(signed_in(ann.user).get(OFFERS)) == []


@pytest.mark.parametrize(
    ("fields", "sent", "status", "words"),
    [
        ({"end": "past"}, {"accept": "all"}, 404, "has ended or is not yours"),
        ({"is_active": False}, {"accept": "all"}, 404, "has ended or is not yours"),
        ({"all_customers": False}, {"accept": "all"}, 404, "has ended or is not yours"),
        ({"needs_acceptance": False}, {"accept": "all"}, 422, "no answer is needed"),
        ({}, {"accept": "77"}, 422, "no longer part of your offer"),
        ({}, {"decline": "nonsense"}, 422, "no longer part of your offer"),
        ({}, {"accept": "9" * 40}, 422, "no longer part of your offer"),
        ({}, {}, 422, "Press Accept or Decline"),
    ],
)
def test_what_cannot_be_answered_is_said_and_nothing_changes(ann, fields, sent, status, words):
    if "end" in fields:
        fields = {"end": timezone.now() - dt.timedelta(hours=1)}
    offer = offer_now(**{"needs_acceptance": True, **fields})
    offer_now(title="Another")
    response = press(signed_in(ann.user), offer, **sent)
    assert response.status_code == status
    assert words in messages(response)
    assert "Another" in titles(response)
    assert answers() == []


def test_nobody_answers_for_another(ann, ben):
    offer, product = offer_now(Mechanic.PRODUCTS, needs_acceptance=True, value=5), make_product()
    give_items(offer, ben, Item(product.pk))
    for user in (ann.user, make_staff(is_superuser=True)):
        for to in ("all", product.pk):
            assert press(signed_in(user), offer, accept=to).status_code == 404
    assert press(Client(), offer, accept="all").status_code == 302
    assert answers() == []


def test_without_the_token_of_the_form_nothing_is_answered(ann):
    offer, client = offer_now(needs_acceptance=True), Client(enforce_csrf_checks=True)
    client.force_login(ann.user)
    assert press(client, offer, accept="all").status_code == 403
    token = re.search(r'csrfmiddlewaretoken" value="(.*?)"', client.get(OFFERS).content.decode())[1]
    assert press(client, offer, accept="all", csrfmiddlewaretoken=token).status_code == 302
    assert answers() == [(ann.pk, offer.pk, 0, True)]


def test_a_narrowed_page_stays_narrowed_and_keeps_the_card_that_was_answered(ann):
    first, _second = (offer_now(title=each, needs_acceptance=True) for each in ("A", "B"))
    offer_now(title="C")
    client = signed_in(ann.user)
    page = client.get(OFFERS, {"state": "pending"}).content.decode()
    assert f'action="{OFFERS}{first.pk}/?state=pending"' in page
    response = press(client, first, "?state=pending", accept="all")
    assert response["Location"] == f"{OFFERS}?state=pending&offer={first.pk}#offer-{first.pk}"
    assert states(client.get(response["Location"])) == {
        "A": "Accepted",
        "B": "Waits for your answer",
    }
    assert titles(client.get(OFFERS, {"state": "pending"})) == ["B"]


def test_who_had_to_sign_in_meanwhile_comes_back_to_the_card(ann):
    offer = offer_now(needs_acceptance=True)
    response = signed_in(ann.user).get(f"{OFFERS}{offer.pk}/")
    assert response["Location"] == f"{OFFERS}?offer={offer.pk}#offer-{offer.pk}"
    assert signed_in(ann.user).post(f"{OFFERS}{2**31}/").status_code == 404
    assert answers() == []
