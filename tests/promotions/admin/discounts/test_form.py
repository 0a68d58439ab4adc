"""Discounts as they are saved (E13–E23, P4, P12, P14)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection

from promotions.composition import compositions_of
from promotions.models import Discount, DiscountItem
from promotions.wording import ALL_NAMES, sentence
from tests.factories import make_audience, make_group
from tests.pages import errors
from tests.promotions.admin.discounts.forms import ADD, LIST, cards, confirmed, entries
from tests.promotions.factories import (
    make_category,
    make_point_of_sale,
    make_product,
    make_product_group,
)

pytestmark = pytest.mark.django_db


def saved(client, **changed):
    answer = confirmed(client, ADD, entries(**changed))
    assert answer.status_code == 302, errors(answer)
    return Discount.objects.get(name=changed.get("name", "Everything"))


def in_words(discount):
    return sentence(compositions_of([discount])[discount.pk], ALL_NAMES)


def test_dates_are_on_the_clocks_of_the_discounts_own_zone(client):
    discount = saved(client)
    assert discount.start == dt.datetime(2030, 5, 31, 22, tzinfo=dt.UTC)
    page = client.get(f"{LIST}{discount.pk}/change/").content.decode()
    assert 'name="start" value="2030-06-01T00:00:00"' in page


def test_plain_products_of_all_three_kinds_with_a_limit_of_units(client):
    product, category = make_product("Shampoo"), make_category("Soap")
    group = make_product_group("All for school")
    goods = f"{product.external_id}\ncategory:{category.external_id}\ngroup:All for school"
    discount = saved(client, contents="chosen", goods=goods, units="2")
    whole = compositions_of([discount])[discount.pk]
    assert whole.goods.products == (product,)
    assert whole.goods.categories == (category,)
    assert whole.goods.groups == (group,)
    assert in_words(discount) == (
        "20% off each unit of Shampoo, category Soap or product group All for school"
        " (at most 2 units)."
    )


def test_e13_to_e20_buy_two_get_one_of_the_customers_own(client, sets):
    discount = saved(client, action="product_sets", value="50", **cards("sets", *sets))
    bought, own = discount.product_sets.all()
    assert (bought.name, bought.required, bought.gets_discount) == ("Bought", 2, False)
    assert (own.required, own.discounted, own.gets_discount) == (1, 1, True)
    assert own.personalized_promotion.name == "Five favourites"
    assert own.default_product.name == "Soap"
    assert in_words(discount) == (
        "Buy 2 of Shampoo, get 1 of the customer's own choice from “Five favourites” (without"
        " one, Soap) at 50% off; once a receipt."
    )


def test_e14_sets_are_reordered_renamed_and_taken_away_without_losing_who_they_are(client, sets):
    discount = saved(client, action="product_sets", value="50", **cards("sets", *sets))
    first, second = discount.product_sets.all()
    there = cards(
        "sets",
        {**sets[0], "id": first.pk, "name": "Two", "ORDER": 2},
        {**sets[1], "id": second.pk, "ORDER": 1},
        initial=2,
    )
    url = f"{LIST}{discount.pk}/change/"
    assert confirmed(client, url, entries(action="product_sets", **there)).status_code == 302
    assert [(s.pk, s.name) for s in discount.product_sets.all()] == [
        (second.pk, "Own choice"),
        (first.pk, "Two"),
    ]
    there["sets-0-DELETE"] = "on"
    assert confirmed(client, url, entries(action="product_sets", **there)).status_code == 302
    assert [s.pk for s in discount.product_sets.all()] == [second.pk]
    assert not DiscountItem.objects.filter(discount=discount, product__isnull=False).exists()


@pytest.mark.parametrize(
    ("repeat", "uses", "words"),
    [
        ({"repeat": "once"}, 1, "once a receipt"),
        ({"repeat": "up_to", "repeat_times": "3"}, 3, "up to 3 times a receipt"),
        ({"repeat": "unlimited"}, None, "as often as the basket allows"),
    ],
)
def test_p12_repeat(client, sets, repeat, uses, words):
    discount = saved(client, action="product_sets", **repeat, **cards("sets", *sets))
    assert discount.uses == uses
    assert words in in_words(discount)


def test_e22_conditions_of_all_kinds(client):
    shop, product = make_point_of_sale(name="Sovetsky"), make_product("Milk")
    group, audience = make_group(title="Staff"), make_audience({"all": []}, name="Car owners")
    discount = saved(
        client,
        currency="EUR",
        **cards(
            "conditions",
            {"kind": "order_amount", "minimum": "10", "maximum": "99.5"},
            {"kind": "products", "quantity": "2", "goods": product.external_id},
            {"kind": "times", "days": [0, 1, 2, 3, 4], "begin": "09:00", "end": "12:00"},
            {"kind": "points_of_sale", "points_of_sale": [shop.pk]},
            {"kind": "groups", "groups": [group.pk]},
            {"kind": "audiences", "audiences": [audience.pk]},
        ),
    )
    assert in_words(discount) == (
        "20% off each unit of any product; on orders from 10.00 EUR to 99.50 EUR; with at least 2"
        " of Milk in the basket; Mon–Fri 9:00–12:00; in Sovetsky; for customer group Staff; for"
        " audience Car owners."
    )


def test_e22_one_of_the_conditions(client):
    hours = {"kind": "times", "begin": "22:00", "end": "06:00"}
    days = {"kind": "times", "days": [5, 6]}
    discount = saved(client, match="one", **cards("conditions", hours, days))
    assert in_words(discount) == (
        "20% off each unit of any product; if one of these holds: 22:00–6:00, or Sat, Sun."
    )


def test_where_who_limits_and_other_offers(client):
    online = make_point_of_sale(name="Web", channel="online")
    retail = make_point_of_sale(name="Sovetsky")
    group, audience = make_group(title="Staff"), make_audience(name="Car owners")
    discount = saved(
        client,
        online=[online.pk],
        retail=[retail.pk],
        for_groups=[group.pk],
        for_audiences=[audience.pk],
        stacking="alone",
        priority="7",
        currency="EUR",
        most_uses="1000",
        most_a_day="1",
        budget="500",
    )
    assert (discount.priority, discount.budget) == (7, Decimal(500))
    assert in_words(discount) == (
        "20% off each unit of any product; in Web or Sovetsky; for customer group Staff or"
        " audience Car owners; instead of all other offers where that saves more; at most 1,000"
        " uses in total and 1 a customer a day; until 500.00 EUR are given away."
    )


def test_amounts_of_conditions_are_shown_without_idle_zeros(client):
    sent = cards("conditions", {"kind": "order_amount", "minimum": "100", "maximum": "250.50"})
    discount = saved(client, currency="EUR", **sent)
    page = client.get(f"{LIST}{discount.pk}/change/").content.decode()
    assert 'name="conditions-0-minimum" value="100"' in page
    assert 'name="conditions-0-maximum" value="250.5"' in page


def test_the_sentence_says_where_a_percentage_holds_and_counts_one_use(client):
    make_point_of_sale(currency="EUR")
    discount = saved(client, currency="EUR", most_uses="1")
    assert in_words(discount) == (
        "20% off each unit of any product; where prices are in EUR; at most 1 use in total."
    )


def test_a_discount_is_saved_whole_or_not_at_all(client, sets):
    """A row of another transaction that breaks in the middle leaves nothing behind."""
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE promotions_discountitem ADD CONSTRAINT no_items CHECK (false) NOT VALID"
        )
    with pytest.raises(Exception, match="no_items"):
        confirmed(client, ADD, entries(action="product_sets", **cards("sets", *sets)))
    assert not Discount.objects.exists()
