"""From a discount, the page opens with a basket that it applies to."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.utils import timezone

from promotions.models import Discount
from tests.factories import DAY, make_audience, make_customer, make_group, make_member
from tests.pages import links, staff_with
from tests.promotions.admin.try_basket.tried_baskets import TRY
from tests.promotions.factories import (
    make_category,
    make_discount,
    make_list,
    make_personalized_promotion,
    make_point_of_sale,
    make_product,
    make_product_group,
    make_product_set,
)
from tests.races import locked, on_own_connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def live(now):
    def made(**fields):
        return make_discount(**{"start": now - DAY, "end": now + DAY, **fields})

    return made


def opened(client, discount):
    """The page that the discount leads to."""
    return client.get(f"{TRY}?discount={discount.pk}", follow=True)


def applied(page):
    return [offer.name for offer in page.context["offers"].applied]


def basket(page):
    return [(row.row.product, row.row.quantity) for row in page.context["rows"] if row.row.product]


def test_each_set_has_its_products(client, shop, live):
    tea, cup = make_product(external_id="TEA"), make_product(external_id="CUP")
    discount = live(name="Two teas, half a cup")
    teas = make_product_set(discount, required=2)
    teas.items.create(discount=discount, product=tea)
    cups = make_product_set(discount, gets_discount=True, discounted=3)
    cups.items.create(discount=discount, product=cup)
    page = opened(client, discount)
    assert basket(page) == [("TEA", "2"), ("CUP", "3")]
    assert applied(page) == ["Two teas, half a cup"]


@pytest.mark.parametrize("of", ["product", "category", "product_group", "everything"])
def test_goods_of_any_kind(client, shop, live, of):
    make_product("Other", price="0")
    top = make_category()
    tea = make_product(external_id="TEA", category=make_category(parent=top))
    goods = {"product": tea, "category": top, "product_group": make_product_group(products=[tea])}
    discount = live(name="Half", everything=of == "everything")
    if of != "everything":
        discount.items.create(**{of: goods[of]})
    page = opened(client, discount)
    assert (basket(page), applied(page)) == ([("TEA", "2")], ["Half"])


def test_order_amounts_and_products_that_it_asks_for(client, shop, live):
    tea, cup = (
        make_product(external_id="TEA", price="4"),
        make_product(external_id="CUP", price="3"),
    )
    discount = live(name="From 30", currency="EUR")
    discount.items.create(product=tea)
    discount.conditions.create(kind="order_amount", minimum=30)
    cups = discount.conditions.create(kind="products", quantity=2)
    cups.items.create(discount=discount, product=cup)
    page = opened(client, discount)
    assert basket(page) == [("TEA", "6"), ("CUP", "2")]
    assert applied(page) == ["From 30"]


def test_its_point_of_sale_and_currency(client, shop, live):
    make_product(external_id="TEA")
    zlotys = make_point_of_sale(key="P0", name="Zloty", currency="PLN")
    there = live(name="There", everything=True)
    there.items.create(point_of_sale=zlotys)
    assert applied(opened(client, there)) == ["There"]
    in_zloty = live(
        name="In zloty", kind=Discount.Kind.AMOUNT, value=9, currency="PLN", everything=True
    )
    assert applied(opened(client, in_zloty)) == ["In zloty"]


def test_a_moment_at_which_it_holds(client, shop, live, now):
    make_product(external_id="TEA")
    later = live(name="Later", everything=True, start=now + DAY, end=now + 9 * DAY)
    day = (now + 3 * DAY).weekday()
    later.conditions.create(kind="times", days=[day], begin=dt.time(9), end=dt.time(10))
    page = opened(client, later)
    assert applied(page) == ["Later"]
    assert page.context["at"].endswith("09:00")


def test_somebody_whom_it_is_for(client, shop, live):
    make_product(external_id="TEA")
    owners, group = make_audience(), make_group()
    make_customer("anna@example.com")
    cleo, dora = make_customer("cleo@example.com"), make_customer("dora@example.com")
    make_member(owners, cleo)
    make_member(group, dora)
    for_owners, for_group = live(name="Owners", everything=True), live(name="Group")
    for_owners.items.create(audience=owners)
    asked = for_group.conditions.create(kind="groups")
    asked.items.create(discount=for_group, customer_group=group)
    assert opened(client, for_owners).context["customer"] == cleo
    assert opened(client, for_group).context["customer"] == dora


def test_somebody_who_has_chosen_from_their_list(client, shop, live):
    tea, cup = make_product(external_id="TEA"), make_product(external_id="CUP")
    promotion, ann, bob = make_personalized_promotion(), make_customer(), make_customer()
    make_list(promotion, ann, [tea])
    make_list(promotion, bob, [tea, cup], chosen=[cup])
    discount = live(name="Yours")
    make_product_set(discount, gets_discount=True, personalized_promotion=promotion)
    page = opened(client, discount)
    assert (page.context["customer"], basket(page)) == (bob, [("CUP", "1")])
    assert applied(page) == ["Yours"]


def test_nobody_is_named_to_who_may_not_see_customers(shop, live):
    make_product(external_id="TEA")
    group = make_group()
    make_member(group, make_customer("dora@example.com"))
    discount = live(name="Group", everything=True)
    discount.items.create(customer_group=group)
    page = opened(staff_with("promotions.view_discount"), discount)
    assert "customer" not in page.redirect_chain[-1][0]
    assert page.context["customer"] is None


def test_a_shop_without_anything_gives_an_empty_basket(client, live):
    discount = live(everything=True)
    assert opened(client, discount).status_code == 200
    make_point_of_sale()
    assert basket(opened(client, discount)) == []


@pytest.mark.django_db(transaction=True)
def test_somebody_who_would_take_long_to_find_is_not_waited_for(client, shop, live):
    tea, promotion = make_product(external_id="TEA"), make_personalized_promotion()
    make_list(promotion, make_customer(), [tea])
    discount = live(name="Yours")
    make_product_set(
        discount, gets_discount=True, personalized_promotion=promotion, default_product=tea
    )
    with locked("LOCK TABLE promotions_listedproduct"), ThreadPoolExecutor(1) as pool:
        ask = partial(client.get, f"{TRY}?discount={discount.pk}")
        answer = pool.submit(on_own_connection, ask).result()
    assert answer.headers["Location"] == f"{TRY}?point_of_sale=P1&line=TEA~1~"


def test_a_number_is_not_that_of_the_discount_with_which_it_begins(client, shop, live):
    live(id=999999999, everything=True)
    assert client.get(f"{TRY}?discount=9999999991").status_code == 200


@pytest.mark.parametrize("number", ["0", "999999999", "9" * 40, "x", "²", "9" * 5000])
def test_a_discount_that_is_none_opens_the_empty_page(client, shop, number):
    assert client.get(f"{TRY}?discount={number}").status_code == 200


def test_the_list_and_the_form_of_discounts_lead_here(shop, live):
    client, discount = staff_with("promotions.view_discount"), live(everything=True)
    for page in ("", f"{discount.pk}/change/"):
        found = dict(links(client.get(f"/admin/promotions/discount/{page}")))
        assert f"{TRY}?discount={discount.pk}" in found.values()
