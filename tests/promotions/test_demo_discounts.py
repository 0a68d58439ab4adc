"""The demo's discounts: all in words, all sound, none that the form would warn of."""

from decimal import Decimal

import pytest

from customers.demo.attributes import load_attributes, load_audiences
from promotions import engine
from promotions.composition import compositions_of
from promotions.demo.discounts import ENTRIES, load_discounts
from promotions.demo.loading import load_catalogue
from promotions.models import Discount
from promotions.pricing.rules import rules_of
from promotions.warnings import Kind, warnings_of
from promotions.wording import ALL_NAMES, sentence
from tests.factories import NOON

pytestmark = pytest.mark.django_db

SAID = {
    "30% off birthday cakes for February's children": "30% off each unit of category Birthday"
    " cakes; for audience Born in February.",
    "Happy hour for coffee": "20% off each unit of category Coffee and tea; in Harbour Market,"
    " Centrum; Mon–Fri 15:00–17:00; on top of other offers.",
    "20 PLN off from 150 PLN": "20.00 PLN off the receipt; in Harbour Market, Centrum or"
    " Harbour Market online; on orders from 150.00 PLN; on top of other offers; at most 500 uses in"
    " total and 1 a customer a week; until 5,000.00 PLN are given away.",
    "Three for two on stationery": "Get 1 of every 3 of category Stationery free; as often as the"
    " basket allows.",
    "A tent, and half price on camping things": "Buy 1 of category Family tents, get 2 of category"
    " Camping at 50% off; in North Outdoor, Camden or North Outdoor online; up to 3 times a"
    " receipt.",
    "Lipstick for 249 UAH": "Fixed 249.00 UAH for each unit of Lipstick, ruby or Lipstick, rose"
    " (at most 2 units); in Bloom Beauty, Podil or Bloom Beauty online.",
    "15% off for drivers": "15% off each unit of product group On the road; for audience Car"
    " owners; on top of other offers.",
    "35% off the bicycle, and nothing else": "35% off each unit of category Bicycles; in North"
    " Outdoor, Camden or North Outdoor online; instead of all other offers where"
    " that saves more.",
    "Evenings and neighbours": "10% off each line of category Fruit and vegetables; in Sovetsky"
    " supermarket; if one of these holds: 19:00–22:00, or for audience Residents of Sovetsky"
    " district.",
    "5% off the whole receipt": "5% off the receipt.",
    "All for School, 20% off": "20% off each unit of product group All for School.",
}


@pytest.fixture
def discounts():
    load_attributes()
    load_audiences()
    load_catalogue()
    load_discounts(at=NOON)
    return list(Discount.objects.order_by("pk"))


def test_what_they_say(discounts):
    compositions = compositions_of(discounts)
    said = {each.name: sentence(compositions[each.pk], ALL_NAMES) for each in discounts}
    assert said == SAID
    assert len(discounts) == len(ENTRIES)


def test_they_are_sound_and_nothing_about_them_needs_a_warning(discounts):
    assert [engine.faults(rule) for rule in rules_of(discounts)] == [()] * len(discounts)
    warned = {
        each.name: [
            str(warning.message)
            for warning in warnings_of(composition, at=NOON, floor=Decimal(50))
            if warning.kind != Kind.MARGIN
        ]
        for each, composition in zip(discounts, compositions_of(discounts).values(), strict=True)
    }
    assert warned == {name: [] for name in SAID}
