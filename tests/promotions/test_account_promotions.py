"""The account page on which customers choose from their lists (E4–E7, E20, E24)."""

import html
import re

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from promotions.models import Discount
from tests.browsers import PHONE, sign_in
from tests.factories import (
    DAY,
    make_altshop,
    make_audience,
    make_customer,
    make_group,
    make_member,
    make_user,
)
from tests.pages import signed_in
from tests.promotions.factories import (
    make_discount,
    make_list,
    make_personalized_promotion,
    make_point_of_sale,
    make_product,
    make_product_set,
)
from tests.promotions.personal.reading import chosen

pytestmark = pytest.mark.django_db
PAGE = "/account/promotions/"


@pytest.fixture(autouse=True)
def shop():
    make_altshop(name="Corner shop", is_default=True)
    make_point_of_sale(currency="EUR")


@pytest.fixture
def anna():
    return make_customer(user=make_user())


@pytest.fixture
def goods():
    return [
        make_product(name, price=price)
        for name, price in (("Apples", "2.99"), ("Bread", "4"), ("Cheese", "9.50"))
    ]


def discounted(promotion, *, default=None, target=True, **fields):
    """The promotion in use by a discount that is live now."""
    now = timezone.now()
    discount = make_discount(**{"start": now - DAY, "end": now + DAY, **fields})
    make_product_set(
        discount,
        personalized_promotion=promotion,
        default_product=default,
        gets_discount=target,
    )
    return discount


def promotion_for(customer, goods, *, chosen=(), default=None, **fields):
    promotion = make_personalized_promotion(**fields)
    make_list(promotion, customer, goods, chosen=chosen)
    discounted(promotion, default=default)
    return promotion


def page_of(customer):
    return signed_in(customer.user).get(PAGE)


def plain(markup):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def titles(response):
    return [plain(each) for each in re.findall(r"<h2.*?</h2>", response.content.decode(), re.S)]


def options(response):
    """What each product's card says."""
    found = re.findall(
        r'<(?:label|div) class="option.*?</(?:label|div)>', response.content.decode(), re.S
    )
    return [plain(each) for each in found]


def ticked(response):
    body = response.content.decode()
    return [int(pk) for pk in re.findall(r'name="product" value="(\d+)" checked', body)]


def test_E7_the_customer_s_own_lists_are_shown_with_what_is_saved(anna, goods):
    promotion = promotion_for(anna, goods, name="Your three", max_products=2, chosen=goods[1:])
    ben = make_customer(user=make_user())
    promotion_for(ben, [make_product("Of Ben's list")], name="Ben's own")
    make_list(promotion, ben, [make_product("Also Ben's")])
    response = page_of(anna)
    assert titles(response) == ["Your three"]
    assert options(response) == [
        "Apples 2.99 EUR You save 1.50 EUR",
        "Bread 4.00 EUR You save 2.00 EUR",
        "Cheese 9.50 EUR You save 4.75 EUR",
    ]
    assert sorted(ticked(response)) == [product.pk for product in goods[1:]]
    text = plain(response.content.decode())
    assert "2 of 2 chosen" in text
    assert "Get 1 of your choice at 50% off; once a receipt." in text
    assert "Corner shop" in text


@pytest.mark.parametrize(
    ("fields", "saving"),
    [
        ({"kind": "percentage", "value": 25}, "You save 0.75 EUR"),
        ({"kind": "amount", "value": "1.20", "currency": "EUR"}, "You save 1.20 EUR"),
        ({"kind": "amount", "value": "5", "currency": "EUR"}, "You save 2.99 EUR"),
        ({"kind": "fixed_price", "value": "1", "currency": "EUR"}, "You save 1.99 EUR"),
        ({"kind": "fixed_price", "value": "3", "currency": "EUR"}, ""),
    ],
)
def test_the_saving_is_that_of_one_at_the_usual_price(anna, goods, fields, saving):
    promotion = make_personalized_promotion()
    make_list(promotion, anna, goods[:1])
    discounted(promotion, **fields)
    assert options(page_of(anna)) == [f"Apples 2.99 EUR {saving}".strip()]


def test_of_a_choice_that_only_triggers_a_discount_no_saving_is_said(anna, goods):
    promotion = make_personalized_promotion()
    make_list(promotion, anna, goods[:1])
    discount = discounted(promotion, target=False)
    make_product_set(discount, everything=True, gets_discount=True, position=1)
    response = page_of(anna)
    assert options(response) == ["Apples 2.99 EUR"]
    words = "Buy 1 of your choice, get 1 of any product at 50% off; once a receipt."
    assert words in plain(response.content.decode())


def test_only_what_a_discount_uses_now_or_later_is_shown(anna, goods):
    now = timezone.now()
    for name, fields in (
        ("live", {}),
        ("later", {"start": now + DAY, "end": now + 2 * DAY}),
        ("over", {"end": now}),
        ("off", {"is_active": False}),
        ("by products", {"action": Discount.Action.PRODUCTS}),
        ("unused", None),
    ):
        promotion = make_personalized_promotion(name=name)
        make_list(promotion, anna, goods)
        if fields is not None:
            discount = discounted(promotion, **fields)
            Discount.objects.filter(pk=discount.pk).update(**fields)
    assert titles(page_of(anna)) == ["live", "later"]


def test_what_is_only_for_others_isn_t_shown(anna, goods):
    mine, other = make_group(), make_group()
    make_member(mine, anna)
    for name, aim in (
        ("my group", {"customer_group": mine}),
        ("another group", {"customer_group": other}),
        ("another audience", {"audience": make_audience()}),
    ):
        promotion = make_personalized_promotion(name=name)
        make_list(promotion, anna, goods)
        discounted(promotion).items.create(**aim)
    assert titles(page_of(anna)) == ["my group"]


def test_E6_lists_of_the_other_side_are_not_shown(anna, goods):
    promotion_for(anna, goods, name="For consumers")
    promotion_for(anna, goods, name="For employees", users="employees")
    assert titles(page_of(anna)) == ["For consumers"]
    anna.employee = True
    anna.save()
    assert titles(page_of(anna)) == ["For employees"]


def test_E20_the_default_is_marked_until_something_is_chosen(anna, goods):
    promotion = promotion_for(anna, goods[:2], default=goods[1])
    note = "Counts as long as you choose nothing"
    assert [note in option for option in options(page_of(anna))] == [False, True]
    signed_in(anna.user).post(f"{PAGE}{promotion.pk}/", {"product": [goods[0].pk]})
    assert [note in option for option in options(page_of(anna))] == [False, False]


def test_E5_choosing_and_unchoosing_where_it_may_change(anna, goods):
    promotion = promotion_for(anna, goods)
    client = signed_in(anna.user)
    for wanted, text in (
        (goods[:2], "Your choice is saved."),
        (goods[2:], "Your choice is saved."),
        ([], "You have chosen nothing for now."),
    ):
        sent = {"product": [product.pk for product in wanted]}
        response = client.post(f"{PAGE}{promotion.pk}/", sent, follow=True)
        assert response.redirect_chain == [(f"{PAGE}#promotion-{promotion.pk}", 302)]
        assert text in plain(response.content.decode())
        assert chosen(promotion, anna) == [product.name for product in wanted]


def test_E5_a_final_choice_is_asked_for_once_more(anna, goods):
    promotion = promotion_for(anna, goods, lock_after_apply=True)
    client, sent = signed_in(anna.user), {"product": [goods[0].pk, goods[2].pk]}
    question = client.post(f"{PAGE}{promotion.pk}/", sent)
    assert "Choose for good?" in plain(question.content.decode())
    assert chosen(promotion, anna) == []
    back = html.unescape(re.search(r'<a href="([^"]*)">Back', question.content.decode())[1])
    assert sorted(ticked(client.get(back))) == sent["product"]
    client.post(f"{PAGE}{promotion.pk}/", {**sent, "confirmed": "1"})
    assert chosen(promotion, anna) == ["Apples", "Cheese"]
    page = client.get(PAGE).content.decode()
    assert "Your choice is final" in page
    assert "checkbox" not in page
    refused = client.post(f"{PAGE}{promotion.pk}/", {"product": [goods[1].pk], "confirmed": "1"})
    assert refused.status_code == 422
    assert chosen(promotion, anna) == ["Apples", "Cheese"]


def test_E4_too_many_are_refused_with_the_ticks_kept(anna, goods):
    promotion = promotion_for(anna, goods, max_products=2, lock_after_apply=True)
    sent = {"product": [product.pk for product in goods]}
    response = signed_in(anna.user).post(f"{PAGE}{promotion.pk}/", sent)
    assert response.status_code == 422
    assert "At most 2 products can be chosen, not 3." in plain(response.content.decode())
    assert sorted(ticked(response)) == sent["product"]
    assert chosen(promotion, anna) == []


def test_nobody_chooses_from_another_s_list_or_what_is_not_on_it(anna, goods):
    promotion = promotion_for(anna, goods[:1])
    ben = make_customer(user=make_user())
    sent = {"product": [goods[0].pk]}
    assert signed_in(ben.user).post(f"{PAGE}{promotion.pk}/", sent).status_code == 422
    sent = {"product": [goods[1].pk]}
    assert signed_in(anna.user).post(f"{PAGE}{promotion.pk}/", sent).status_code == 422
    assert (chosen(promotion, anna), chosen(promotion, ben)) == ([], [])


@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_are_asked_to_sign_in_and_staff_have_nothing(method, anna, goods):
    promotion = promotion_for(anna, goods)
    address = PAGE if method == "get" else f"{PAGE}{promotion.pk}/"
    answer = getattr(Client(), method)(address)
    assert answer.status_code == 302
    assert answer["Location"] == f"/account/sign-in/?next={address}"
    staff = signed_in(make_user(is_staff=True))
    assert getattr(staff, method)(address).status_code == (200 if method == "get" else 404)
    # Back from the sign-in, where a form had been sent.
    back = signed_in(anna.user).get(address, follow=True)
    assert (back.status_code, back.request["PATH_INFO"]) == (200, PAGE)
    assert titles(staff.get(PAGE)) == ["No promotions right now"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries_however_much_is_on_it(
    number, anna, goods, django_assert_num_queries
):
    client = signed_in(anna.user)
    for _ in range(number):
        promotion_for(anna, goods[:number])
    client.get(PAGE)
    with django_assert_num_queries(10):
        client.get(PAGE)


def widths(page):
    return page.evaluate("[document.documentElement.scrollWidth, innerWidth]")


@pytest.mark.parametrize("scripts", [True, False])
def test_E4_E5_choosing_on_a_phone_by_keyboard_with_and_without_scripts(
    scripts, anna, goods, live_server, browser
):
    promotion = promotion_for(anna, goods, max_products=2, lock_after_apply=True)
    context = browser.new_context(java_script_enabled=scripts, viewport=PHONE)
    sign_in(context, anna.user, live_server.url)
    page: Page = context.new_page()
    page.goto(live_server.url + PAGE)
    apples, bread = page.get_by_label(re.compile("Apples")), page.get_by_label(re.compile("Bread"))
    apples.focus()
    page.keyboard.press("Space")
    bread.focus()
    page.keyboard.press("Space")
    if scripts:
        expect(page.get_by_text("2 of 2 chosen")).to_be_visible()
        expect(page.get_by_label(re.compile("Cheese"))).to_be_disabled()
        assert widths(page) == [PHONE["width"]] * 2
    page.get_by_role("button", name="Save choice").press("Enter")
    expect(page.get_by_role("heading", name="Choose for good?")).to_be_visible()
    page.get_by_role("button", name="Choose for good").press("Enter")
    expect(page.get_by_text("Your choice is final")).to_be_visible()
    assert chosen(promotion, anna) == ["Apples", "Bread"]
    context.close()
