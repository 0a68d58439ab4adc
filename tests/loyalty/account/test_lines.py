"""What a card says of each thing that the offer is about."""

from django.utils import timezone

from loyalty.personal.items import Item
from tests.factories import DAY
from tests.loyalty.account.pages import OFFERS, cards, offer_now, plain
from tests.loyalty.factories import Mechanic, give_items
from tests.pages import signed_in
from tests.promotions.factories import make_product


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
