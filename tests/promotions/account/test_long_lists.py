"""Lists longer than a page: searched, and chosen from across pages (E4, E5, E20, E24)."""

import html
import re

import pytest
from django.db import connection
from playwright.sync_api import expect

from promotions.models import Product
from promotions.personal.lists import remove_products
from promotions.personal.paging import PAGE as PRODUCTS
from tests.browsers import PHONE, sign_in
from tests.factories import make_customer, make_user
from tests.pages import signed_in
from tests.promotions.account_pages import (
    PAGE,
    form,
    options,
    page_of,
    plain,
    promotion_for,
    ticked,
)
from tests.promotions.factories import make_product
from tests.promotions.personal.reading import chosen

pytestmark = pytest.mark.django_db


def make_goods(number):
    """Called Tea 001 and so on."""
    return Product.objects.bulk_create(
        Product(external_id=f"T{n}", name=f"Tea {n:03}", price=n) for n in range(1, number + 1)
    )


def names(response):
    return [option[:7] for option in options(response)]


def at_page(client, promotion, number, find=""):
    return client.get(PAGE, {"promotion": promotion.pk, "page": number, "find": find})


def send(client, promotion, response, wanted, **sent):
    """Send the promotion's form as the browser does, from the page that it stands on."""
    found = re.search(rf'action="({PAGE}{promotion.pk}/[^"]*)"', response.content.decode())
    address = html.unescape(found[1])
    return client.post(address, form(response, promotion, wanted, **sent), follow=True)


def numbers(*them):
    return [f"Tea {number:03}" for number in them]


def test_a_list_of_one_page_has_no_pages_and_one_more_product_makes_two(anna):
    goods = make_goods(PRODUCTS + 1)
    promotion_for(anna, goods[:-1])
    response = page_of(anna)
    assert names(response) == numbers(*range(1, 25))
    body = response.content.decode()
    assert [words in body for words in ("Find among", "Page 1", 'name="page"')] == [False] * 3
    ben = make_customer(user=make_user())
    long = promotion_for(ben, goods)
    client = signed_in(ben.user)
    for asked, shown, words in (
        ("1", range(1, 25), "Find among 25 products Find"),
        ("2", [25], "Previous Page 2 of 2"),
        ("3", [25], "Previous Page 2 of 2"),
        ("first", range(1, 25), "Page 1 of 2 Next"),
    ):
        response = at_page(client, long, asked)
        assert names(response) == numbers(*shown)
        assert words in plain(response.content.decode())


@pytest.mark.parametrize("find", ["tea 02", "TEA 02"])
def test_products_are_found_by_their_names(find, anna):
    promotion = promotion_for(anna, make_goods(60), name="Teas")
    promotion_for(anna, [make_product("Bread 1")], name="Other lists stay as they are")
    response = at_page(signed_in(anna.user), promotion, 1, find)
    assert names(response) == ["Bread 1", *numbers(*range(20, 30))]


@pytest.mark.parametrize("find", ["coffee", "%", "_", "\0coffee"])
def test_what_is_not_on_the_list_is_said_to_be_not_found(find, anna):
    promotion = promotion_for(anna, make_goods(60))
    response = at_page(signed_in(anna.user), promotion, 1, find)
    assert names(response) == []
    assert "No product on your list has that in its name." in plain(response.content.decode())


def test_ticks_are_kept_while_pages_are_turned_and_saved_together(anna):
    goods = make_goods(60)
    promotion = promotion_for(anna, goods, max_products=3)
    client = signed_in(anna.user)
    response = send(client, promotion, client.get(PAGE), goods[:2], page="2")
    assert response.redirect_chain == [
        (f"{PAGE}?promotion={promotion.pk}&find=&page=2#promotion-{promotion.pk}", 302)
    ]
    assert names(response) == numbers(1, 2, *range(25, 49))
    assert ticked(response) == [goods[0].pk, goods[1].pk]
    text = plain(response.content.decode())
    assert ("2 of 3 chosen" in text, "What you ticked is not saved yet." in text) == (True, True)
    assert chosen(promotion, anna) == []
    # One of the first page is taken back from here, and a search keeps the rest.
    response = send(client, promotion, response, [goods[1], goods[30]], page="1", find="060")
    assert names(response) == numbers(2, 31, 60)
    response = send(client, promotion, response, [goods[1], goods[30], goods[59]])
    assert chosen(promotion, anna) == numbers(2, 31, 60)
    text = plain(response.content.decode())
    assert ("3 of 3 chosen" in text, "not saved yet" in text) == (True, False)
    assert ticked(response) == [goods[30].pk, goods[59].pk, goods[1].pk]


def test_saving_a_page_leaves_what_was_chosen_on_others(anna):
    goods = make_goods(60)
    promotion = promotion_for(anna, goods, chosen=[goods[0], goods[50]])
    client = signed_in(anna.user)
    response = at_page(client, promotion, 2)
    send(client, promotion, response, [goods[0], goods[50], goods[30]])
    assert chosen(promotion, anna) == numbers(1, 31, 51)


def test_more_than_a_page_chosen_elsewhere_is_counted_and_kept(anna):
    goods = make_goods(2000)
    promotion = promotion_for(anna, goods, chosen=goods)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE promotions_listedproduct")  # as the server does by itself, in time
    client = signed_in(anna.user)
    response = at_page(client, promotion, 2)
    assert names(response) == numbers(*range(1, 25), *range(25, 49))
    text = plain(response.content.decode())
    assert "2000 of 2000 chosen" in text
    assert "1952 more are ticked on other pages." in text
    assert response.content.decode().count("<input") < 60
    send(client, promotion, response, goods[1:48])
    assert sorted(chosen(promotion, anna)) == sorted(product.name for product in goods[1:])


def test_E5_a_final_choice_of_several_pages_is_asked_about_whole(anna):
    goods = make_goods(60)
    promotion = promotion_for(anna, goods, max_products=2, lock_after_apply=True)
    client = signed_in(anna.user)
    response = send(client, promotion, client.get(PAGE), goods[:1], page="3")
    question = send(client, promotion, response, [goods[0], goods[59]])
    listed = re.search(r'<ul class="picked".*?</ul>', question.content.decode(), re.S)[0]
    assert plain(listed) == "Tea 001 Tea 060"
    back = html.unescape(re.search(r'<a href="([^"]*)">Back', question.content.decode())[1])
    assert ticked(client.get(back)) == [goods[0].pk, goods[59].pk]
    confirmed = re.search(r'name="confirmed" value="([^"]*)"', question.content.decode())[1]
    client.post(f"{PAGE}{promotion.pk}/", {"confirmed": confirmed})
    assert chosen(promotion, anna) == numbers(1, 60)
    # What was chosen is seen from every page, none of which takes ticks.
    response = at_page(client, promotion, 2)
    assert names(response) == numbers(1, 60, *range(25, 49))
    assert "checkbox" not in response.content.decode()


def test_E4_too_many_on_several_pages_are_refused_on_the_page_with_the_ticks_kept(anna):
    goods = make_goods(60)
    promotion = promotion_for(anna, goods, max_products=1)
    client = signed_in(anna.user)
    response = send(client, promotion, client.get(PAGE), goods[:1], page="2")
    response = send(client, promotion, response, [goods[0], goods[40]])
    assert response.status_code == 422
    assert "At most 1 product can be chosen, not 2." in plain(response.content.decode())
    assert names(response) == numbers(1, *range(25, 49))
    assert ticked(response) == [goods[0].pk, goods[40].pk]
    assert chosen(promotion, anna) == []


def test_E24_a_tick_of_what_left_the_list_is_dropped(anna):
    goods = make_goods(60)
    promotion = promotion_for(anna, goods, max_products=3)
    client = signed_in(anna.user)
    send(client, promotion, client.get(PAGE), goods[:2], page="2")
    remove_products(promotion=promotion, customer=anna, products=goods[:1])
    response = at_page(client, promotion, 2)
    assert names(response) == numbers(2, *range(26, 50))
    assert "1 of 3 chosen" in plain(response.content.decode())
    send(client, promotion, response, [goods[1], goods[30]])
    assert chosen(promotion, anna) == numbers(2, 31)


def test_ticks_of_what_is_on_another_s_list_are_not_kept(anna):
    goods = make_goods(60)
    promotion = promotion_for(anna, goods[:30])
    ben = make_customer(user=make_user())
    promotion_for(ben, goods)
    client = signed_in(anna.user)
    sent = {"shown": "", "product": [goods[40].pk, goods[0].pk, 2**31], "page": "2"}
    response = client.post(f"{PAGE}{promotion.pk}/", sent, follow=True)
    assert names(response) == numbers(1, *range(25, 31))
    assert ticked(response) == [goods[0].pk]


def test_E20_the_default_is_shown_from_every_page_until_something_is_chosen(anna):
    goods = make_goods(60)
    promotion = promotion_for(anna, goods, default=goods[59])
    client = signed_in(anna.user)
    response = client.get(PAGE)
    assert names(response) == numbers(60, *range(1, 25))
    assert ticked(response) == []
    send(client, promotion, response, goods[:1])
    assert names(client.get(PAGE)) == numbers(*range(1, 25))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [25, 500])
def test_a_page_takes_the_same_queries_however_long_the_list(
    number, anna, django_assert_num_queries
):
    goods = make_goods(number)
    promotion = promotion_for(anna, goods)
    client = signed_in(anna.user)
    send(client, promotion, client.get(PAGE), goods[:3], page="2")
    with django_assert_num_queries(13):
        at_page(client, promotion, 2)


@pytest.mark.parametrize("scripts", [True, False])
def test_choosing_across_pages_on_a_phone_with_and_without_scripts(
    scripts, anna, live_server, new_context
):
    promotion = promotion_for(anna, make_goods(60), max_products=2)
    context = new_context(java_script_enabled=scripts, viewport=PHONE)
    sign_in(context, anna.user, live_server.url)
    page = context.new_page()
    page.goto(live_server.url + PAGE)
    page.get_by_label(re.compile("Tea 003")).check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label(re.compile("Tea 003"))).to_be_checked()
    page.get_by_role("searchbox").fill("055")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_label(re.compile("Tea 055")).check()
    if scripts:
        expect(page.get_by_text("2 of 2 chosen")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.get_by_role("button", name="Save choice").click()
    expect(page.get_by_text("Your choice is saved.")).to_be_visible()
    assert chosen(promotion, anna) == numbers(3, 55)
