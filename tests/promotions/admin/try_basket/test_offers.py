"""P7: what is said of every offer, why it applied and why not."""

import pytest

from tests.factories import DAY, NOON, make_customer
from tests.promotions.admin.try_basket.tried_baskets import plain, told, tried, words
from tests.promotions.factories import (
    make_discount,
    make_list,
    make_personalized_promotion,
    make_product,
    make_product_set,
)

pytestmark = pytest.mark.django_db


def test_every_offer_is_told_applied_nearly_or_not_at_all(client, shop, tea):
    cup = make_product("Cup", external_id="CUP")
    half = make_discount(name="Half of tea")
    half.items.create(product=tea)
    pair = make_discount(name="Two teas, a cup free", value=100, stacking="combines")
    teas = make_product_set(pair, name="Teas", required=2)
    teas.items.create(discount=pair, product=tea)
    free = make_product_set(pair, name="Cup", gets_discount=True)
    free.items.create(discount=pair, product=cup)
    elsewhere = make_discount(name="Half of cups")
    elsewhere.items.create(product=cup)
    offers = tried(client, "TEA~1~").context["offers"]
    assert told(offers.applied) == {"Half of tea": "saves 2.00 EUR"}
    assert [plain(detail) for detail in offers.applied[0].details] == [
        "Green tea: 2.00 EUR off 1 unit"
    ]
    assert told(offers.near) == {
        "Two teas, a cup free": "Product set “Teas” needs 2 products; the basket has 1 for it."
    }
    assert told(offers.others) == {"Half of cups": "None of its products is in the basket."}


def test_near_misses_that_need_a_little_more_come_first(client, shop, tea):
    make_discount(name="Christmas", everything=True, start=NOON + DAY, end=NOON + 2 * DAY)
    large = make_discount(name="From 10", everything=True, currency="EUR")
    large.conditions.create(kind="order_amount", minimum=10)
    near = tried(client, "TEA~1~").context["offers"].near
    assert told(near) == {
        "From 10": "Needs an order amount of 10.00 EUR (the basket has 4.00 EUR, 6.00 EUR are"
        " missing).",
        "Christmas": "Starts on 2026-06-16 12:00 (UTC).",
    }
    assert [offer.name for offer in near] == ["From 10", "Christmas"]


def test_an_offer_from_lists_says_who_has_none(client, shop, tea):
    promotion, treat = make_personalized_promotion(name="Your five"), make_discount(name="Treat")
    make_product_set(treat, gets_discount=True, personalized_promotion=promotion)
    ann, ben = make_customer(), make_customer()
    make_list(promotion, ann, [tea])
    said = [
        told(tried(client, "TEA~1~", customer=customer).context["offers"].others)
        for customer in (ann.pk, ben.pk, "")
    ]
    assert said == [
        {"Treat": "This customer has chosen nothing in “Your five” yet."},
        {"Treat": "This customer has no list of “Your five”."},
        {"Treat": "From each customer’s own list of “Your five”; who buys is unknown."},
    ]


def test_hundreds_of_offers_are_counted_and_the_first_are_shown(client, shop, tea):
    cup = make_product("Cup")
    for number in range(105):
        make_discount(name=f"Cups {number}").items.create(product=cup)
    page = tried(client, "TEA~1~")
    assert (len(page.context["offers"].others), page.context["offers"].more) == (100, 5)
    assert "And 5 more." in words(page)
