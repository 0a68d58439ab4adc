"""What the account page says is saved, and what tills say."""

from decimal import Decimal

import pytest
from django.utils import timezone

from promotions.limits import DISCOUNTS, Given
from promotions.wording import money
from tests.promotions.account_pages import discounted, options, page_of, plain, till
from tests.promotions.factories import (
    make_list,
    make_personalized_promotion,
    make_product,
    make_product_set,
)

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("kind", ["percentage", "amount", "fixed_price"])
@pytest.mark.parametrize(
    ("price", "value"), [("2.99", "50"), ("2.985", "50"), ("0.015", "33.3"), ("7", "1.205")]
)
def test_the_saving_is_what_a_till_takes_off(anna, kind, price, value):
    promotion, product = make_personalized_promotion(), make_product("Tea", price=price)
    make_list(promotion, anna, [product], chosen=[product])
    currency = "" if kind == "percentage" else "EUR"
    discounted(promotion, kind=kind, value=value, currency=currency)
    given = till(anna, product)
    said = f"You save {given} EUR" if given else ""
    shown = money(Decimal(price), "EUR")
    assert options(page_of(anna)) == [f"Tea {shown} {said}".strip()]


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"most_uses": 1}, "Used up: nobody gets it any more."),
        ({"budget": "1.5", "currency": "EUR"}, "Used up: nobody gets it any more."),
        ({"most_a_customer": 1}, "You have used it up."),
        ({"most_a_month": 1}, "You have used it up for this month."),
        ({"most_a_week": 1}, "You have used it up for this week."),
        ({"most_a_day": 1}, "You have used it up for today."),
    ],
)
def test_of_a_deal_that_is_used_up_no_saving_is_said(anna, goods, limits, words):
    promotion = make_personalized_promotion()
    make_list(promotion, anna, goods[:1], chosen=goods[:1])
    discount = discounted(promotion, **limits)
    assert "You save" in options(page_of(anna))[0]
    used = [Given(discount.pk, Decimal("1.5"))]
    DISCOUNTS.claim(purchase="1", customer_id=anna.pk, given=used, at=timezone.now())
    page = page_of(anna)
    assert (options(page), till(anna, goods[0])) == (["Apples 2.99 EUR"], 0)
    assert words in plain(page.content.decode())
    # The next deal says what is saved, and comes first.
    discounted(promotion, name="Another deal", value=10)
    page = page_of(anna)
    assert (options(page), till(anna, goods[0])) == (
        ["Apples 2.99 EUR You save 0.30 EUR"],
        Decimal("0.30"),
    )


def test_what_a_budget_has_no_money_for_is_not_said_to_be_saved(anna, goods):
    promotion = make_personalized_promotion()
    make_list(promotion, anna, goods[:2], chosen=goods[:2])
    discounted(promotion, budget="1.50", currency="EUR")
    assert options(page_of(anna)) == ["Apples 2.99 EUR You save 1.50 EUR", "Bread 4.00 EUR"]
    assert [till(anna, product) for product in goods[:2]] == [Decimal("1.50"), 0]


def test_of_a_choice_that_only_triggers_a_discount_no_saving_is_said(anna, goods):
    promotion = make_personalized_promotion()
    make_list(promotion, anna, goods[:1])
    discount = discounted(promotion, target=False)
    make_product_set(discount, everything=True, gets_discount=True, position=1)
    response = page_of(anna)
    assert options(response) == ["Apples 2.99 EUR"]
    words = "Buy 1 of your choice, get 1 of any product at 50% off; once a receipt."
    assert words in plain(response.content.decode())
