"""Personal offers in *Try a basket*: what they did, and why not (P7)."""

import pytest

from loyalty.personal.items import Item
from tests.factories import make_customer
from tests.loyalty.factories import Mechanic, give_items, make_personal_offer
from tests.pages import links, staff_with
from tests.promotions.admin.try_basket.tried_baskets import SEES_ALL, sums, tried, words
from tests.promotions.factories import make_point_of_sale, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    make_point_of_sale(key="P1")
    return make_customer("ann@example.com")


@pytest.fixture
def client():
    return staff_with(*SEES_ALL)


def test_what_a_customers_own_offer_did_and_what_waits_for_a_yes(client, ann):
    tea, cake = make_product("Tea", external_id="TEA"), make_product("Cake", external_id="CAKE")
    own = make_personal_offer(Mechanic.PRODUCTS, title="Your tea")
    give_items(own, ann, Item(tea.pk, value=50))
    asks = make_personal_offer(Mechanic.PRODUCTS, title="Your cake", needs_acceptance=True)
    give_items(asks, ann, Item(cake.pk, value=50))
    ladder = make_personal_offer(Mechanic.RECEIPT_AMOUNT, title="Big baskets")
    give_items(ladder, ann, Item(1000, value=10))
    response = tried(client, "TEA~1~10.00", "CAKE~1~10.00", customer=ann.pk)
    assert sums(response)["discount"] == "5.00 EUR"
    said = words(response)
    assert "Your tea" in said
    assert "Waits for" in said
    assert "1,000.00" in said
    assert f"/admin/loyalty/personaloffer/{own.pk}/change/" in {url for _, url in links(response)}


def test_nobody_known_is_told_that_it_is_for_customers(client, ann):
    make_product(external_id="TEA")
    make_personal_offer(title="For all of you")
    assert "For customers only; nobody knows who is buying here." in words(
        tried(client, "TEA~1~10.00")
    )
