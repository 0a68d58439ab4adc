"""What the account page shows of personalized promotions (E4–E7, E20)."""

import re
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from promotions.models import Discount
from tests.browsers import PHONE, sign_in
from tests.factories import (
    DAY,
    make_audience,
    make_customer,
    make_group,
    make_member,
    make_user,
)
from tests.pages import signed_in
from tests.promotions.account_pages import (
    PAGE,
    discounted,
    options,
    page_of,
    plain,
    promotion_for,
    ticked,
    till,
    titles,
)
from tests.promotions.factories import (
    make_list,
    make_personalized_promotion,
    make_product,
)
from tests.promotions.personal.reading import chosen

pytestmark = pytest.mark.django_db


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


def test_E22_who_meets_one_of_the_conditions_is_told_of_no_other(anna, goods):
    """One is enough: of her group, or a basket of 50 euros."""
    mine, other = make_group(), make_group()
    make_member(mine, anna)
    ben = make_customer(user=make_user())
    make_member(other, ben)
    promotion = promotion_for(anna, goods, chosen=goods[:1])
    make_list(promotion, ben, goods, chosen=goods[:1])
    discount = Discount.objects.get()
    discount.match, discount.currency = Discount.Match.ONE, "EUR"
    discount.save()
    discount.conditions.create(kind="order_amount", minimum=50)
    group = discount.conditions.create(kind="groups")
    discount.items.create(condition=group, customer_group=mine)
    told = {each: plain(page_of(each).content.decode()) for each in (anna, ben)}
    assert ["50.00 EUR" in told[each] for each in (anna, ben)] == [False, True]
    assert [till(each, goods[0]) for each in (anna, ben)] == [Decimal("1.50"), 0]


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


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries_however_much_is_on_it(
    number, anna, goods, django_assert_num_queries
):
    client = signed_in(anna.user)
    for _ in range(number):
        promotion_for(anna, goods[:number])
    client.get(PAGE)
    with django_assert_num_queries(11):
        client.get(PAGE)


def widths(page):
    return page.evaluate("[document.documentElement.scrollWidth, innerWidth]")


@pytest.mark.parametrize("scripts", [True, False])
def test_E4_E5_choosing_on_a_phone_by_keyboard_with_and_without_scripts(
    scripts, anna, goods, live_server, new_context
):
    promotion = promotion_for(anna, goods, max_products=2, lock_after_apply=True)
    context = new_context(java_script_enabled=scripts, viewport=PHONE)
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
