"""What a card says of each thing that the offer is about."""

import re

from django.utils import timezone

from loyalty.personal.items import Item
from tests.factories import DAY
from tests.loyalty.account.pages import OFFERS, cards, offer_now, plain
from tests.loyalty.factories import Mechanic, give_items
from tests.pages import signed_in
from tests.promotions.factories import make_product


def test_each_product_that_is_answered_has_one_place_to_come_back_to(ann):
    """Of which a customer may have two items, of two times."""
    now = timezone.now()
    offer = offer_now(Mechanic.PRODUCTS, title="Bags", value=5, needs_acceptance=True)
    bag, purse = make_product("Bag"), make_product("Purse")
    times = Item(bag.pk, end=now + DAY / 4), Item(bag.pk, start=now + DAY / 2)
    give_items(offer, ann, *times, Item(purse.pk))
    (card,) = cards(signed_in(ann.user).get(OFFERS)).values()
    places = re.findall(rf'<li [^>]*id="offer-{offer.pk}-(\d+)"', card)
    assert sorted(places) == sorted([str(bag.pk), str(purse.pk)])


def test_dates_of_the_only_item_are_said_once_and_of_several_beside_each(ann):
    now = timezone.now()
    one, two = (offer_now(Mechanic.PRODUCTS, title=title, value=5) for title in ("One", "Two"))
    bag, purse = make_product("Bag"), make_product("Purse")
    give_items(one, ann, Item(bag.pk, end=now + DAY / 2))
    give_items(two, ann, Item(bag.pk, end=now + DAY / 2), Item(purse.pk, end=now + DAY / 4))
    words = {title: plain(card) for title, card in cards(signed_in(ann.user).get(OFFERS)).items()}
    assert {title: said.lower().count("until ") for title, said in words.items()} == {
        "One": 1,
        "Two": 3,
    }
