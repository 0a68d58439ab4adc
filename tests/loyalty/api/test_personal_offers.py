"""The API of personal offers: what a customer has (L12)."""

import pytest

from loyalty.personal.items import Item
from tests.factories import DAY, NOON, make_customer, make_image
from tests.loyalty.api.personal_offers import AT, offers, titles
from tests.loyalty.factories import Mechanic, give_items, make_personal_offer
from tests.promotions.factories import make_point_of_sale, make_product

pytestmark = pytest.mark.django_db


def test_l12_says_what_a_customer_has_with_state_validity_where_and_how_much(asking):
    ann, bob = make_customer("ann@example.com"), make_customer()
    bag = make_product("Handbag", external_id="HANDBAG")
    offer = make_personal_offer(
        Mechanic.PRODUCTS,
        title="Your bags",
        text="As you like them.",
        picture=make_image(),
        needs_acceptance=True,
        days=[0, 5],
    )
    place = make_point_of_sale(key="P7", name="High Street")
    offer.targets.create(point_of_sale=place)
    give_items(offer, ann, Item(bag.pk, value=50, end=NOON + DAY / 2))
    (shown,) = asking("get", "email:ann@example.com/personal-offers", data={"at": AT}).json()[
        "items"
    ]
    assert shown.pop("picture") == shown.pop("phone_picture")
    assert shown == {
        "id": offer.pk,
        "title": "Your bags",
        "text": "As you like them.",
        "validity_text": "",
        "mechanic": "products",
        "state": "pending",
        "counts": False,
        "scope": "units",
        "currency": None,
        "quantity": 1,
        "units": None,
        "start": "2026-06-14T12:00:00Z",
        "end": "2026-06-16T00:00:00Z",
        "days": [0, 5],
        "from_hour": None,
        "to_hour": None,
        "points_of_sale": [{"key": "P7", "name": "High Street"}],
        "channels": ["account"],
        "pieces": [
            {
                "state": "pending",
                "preference": "discount",
                "method": "percentage",
                "value": "50",
                "thresholds": [],
                "goods": {
                    "everything": False,
                    "products": [{"id": bag.pk, "external_id": "HANDBAG", "name": "Handbag"}],
                    "categories": [],
                    "product_groups": [],
                },
                "start": "2026-06-14T12:00:00Z",
                "end": "2026-06-16T00:00:00Z",
            }
        ],
    }
    assert offers(asking, bob) == {"items": [], "count": 0}


def test_l20_thresholds_are_listed_lowest_first(asking):
    ann = make_customer()
    offer = make_personal_offer(Mechanic.RECEIPT_AMOUNT, method="amount")
    give_items(offer, ann, Item(3600, value=1000), Item(1800, value=500))
    (shown,) = offers(asking, ann)["items"]
    (piece,) = shown["pieces"]
    assert (piece["value"], piece["method"], piece["goods"]["everything"]) == (None, "amount", True)
    assert piece["thresholds"] == [
        {"threshold": "1800", "value": "500"},
        {"threshold": "3600", "value": "1000"},
    ]


def test_it_speaks_the_language_that_is_asked_for(asking):
    ann, offer = make_customer(), make_personal_offer(title="Cakes", text="All of them.")
    offer.texts.create(language="pl", title="Torty", text="Wszystkie.")

    def title(language):
        asked = {"headers": {"Accept-Language": language}, "data": {"at": AT}}
        (shown,) = asking("get", f"id:{ann.pk}/personal-offers", **asked).json()["items"]
        return shown["title"], shown["text"]

    assert title("pl") == ("Torty", "Wszystkie.")
    assert title("en") == title("de") == ("Cakes", "All of them.")


def test_lists_are_narrowed_and_paged(asking):
    ann = make_customer()
    make_personal_offer(title="Cakes for less", sort_order=1, currency="EUR")
    make_personal_offer(title="Points for cakes", sort_order=2, preference="points", channels=[])
    waiting = make_personal_offer(title="Say yes", sort_order=3, needs_acceptance=True)
    here = make_point_of_sale(key="HERE")
    waiting.targets.create(point_of_sale=here)
    make_personal_offer(title="Later", sort_order=4, start=NOON + DAY / 2)
    everything = ["Cakes for less", "Points for cakes", "Say yes"]
    assert titles(asking, ann) == everything
    assert titles(asking, ann, upcoming=True) == [*everything, "Later"]
    assert titles(asking, ann, state="pending") == ["Say yes"]
    assert titles(asking, ann, channel="account") == ["Cakes for less", "Say yes"]
    assert titles(asking, ann, preference="points") == ["Points for cakes"]
    assert titles(asking, ann, mechanic="products") == []
    assert titles(asking, ann, point_of_sale="HERE") == everything
    make_point_of_sale(key="THERE")
    assert titles(asking, ann, point_of_sale="THERE") == everything[:2]
    make_point_of_sale(key="FAR", currency="JPY")
    assert titles(asking, ann, point_of_sale="FAR") == everything[1:2]
    assert titles(asking, ann, point_of_sale="NOWHERE") == []
    assert titles(asking, ann, title="cakes " * 30) == everything[:2]
    assert titles(asking, ann, title="cakes less") == ["Cakes for less"]
    page = offers(asking, ann, limit=1, offset=1)
    assert ([each["title"] for each in page["items"]], page["count"]) == (["Points for cakes"], 3)


def test_queries_do_not_grow_with_offers(asking, django_assert_num_queries):
    ann, place = make_customer(), make_point_of_sale()
    for number in range(3):
        offer = make_personal_offer(Mechanic.PRODUCTS, value=5)
        offer.targets.create(point_of_sale=place)
        give_items(offer, ann, Item(make_product().pk), Item(make_product().pk))
        offers(asking, ann)
        if number in (0, 2):
            # Twelve of them read the book anew, as in any transaction of a test.
            with django_assert_num_queries(17):
                offers(asking, ann)
