"""The receipt: what each line was and is, and that it is what the one way to price says."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from promotions.pricing import quoting
from promotions.pricing.asked import AskedBasket, AskedLine
from tests.factories import NOON, make_customer
from tests.pages import links, staff_with
from tests.promotions.admin.try_basket.tried_baskets import (
    SEES_ALL,
    TRY,
    plain,
    receipt,
    sums,
    tried,
    words,
)
from tests.promotions.factories import (
    make_category,
    make_discount,
    make_point_of_sale,
    make_product,
)

pytestmark = pytest.mark.django_db


def test_the_receipt_says_what_each_line_was_and_is_and_who_took_what(client, shop, tea):
    half = make_discount(name="Half of it", everything=True, units=2)
    response = tried(client, "TEA~3~", "LOOSE~1.5~2.00")
    assert sums(response) == {"total": "15.00 EUR", "discount": "4.00 EUR", "payable": "11.00 EUR"}
    first, second = receipt(response).lines
    assert (first.name, first.quantity, first.is_known) == ("Green tea", "3", True)
    assert (plain(first.total), plain(first.payable)) == ("12.00 EUR", "8.00 EUR")
    assert (second.name, second.quantity, second.is_known) == ("LOOSE", "1.5", False)
    assert (second.is_reduced, second.takes) == (False, [])
    (take,) = first.takes
    assert (take.offer, take.words, plain(take.amount)) == ("Half of it", "2 of 3", "−4.00 EUR")
    assert ("Half of it", f"/admin/promotions/discount/{half.pk}/change/") in links(response)
    assert "You saved 4.00 EUR (27%)" in words(response)


def test_the_price_is_that_of_the_one_way_to_price(client, shop, tea):
    make_discount(name="Half of it", everything=True)
    ann = make_customer()
    lines = (AskedLine("1", "TEA", Decimal(3), Decimal(tea.price)),)
    priced = quoting.quote_basket(AskedBasket("P1", lines), customer_id=ann.pk, at=NOON)
    shown = sums(tried(client, "TEA~3~", customer=ann.pk))
    assert shown["payable"] == f"{priced.quote.payable} EUR"


def test_shares_of_the_whole_price_are_what_is_paid_and_what_each_offer_took(client, shop, tea):
    make_discount(name="A quarter", value=25, everything=True)
    shares = receipt(tried(client, "TEA~1~")).shares
    assert [(s.words, plain(s.amount), s.thousandths) for s in shares] == [
        ("To pay", "3.00 EUR", 750),
        ("A quarter", "1.00 EUR", 250),
    ]


def test_prices_are_those_of_the_moment_on_the_clock_of_the_point_of_sale(client, tea):
    make_point_of_sale(key="P1", time_zone="Asia/Tokyo", currency="JPY")
    make_discount(name="In time", everything=True, start=NOON, end=NOON + dt.timedelta(minutes=1))
    on_time = tried(client, "TEA~1~100", at="2026-06-15T21:00")
    assert sums(on_time)["payable"] == "50 JPY"
    assert "2026-06-15 21:00 · Asia/Tokyo" in words(on_time)
    assert sums(tried(client, "TEA~1~100", at="2026-06-15T21:01"))["payable"] == "100 JPY"


def test_points_are_spent_whatever_the_balance(client, shop, tea):
    shown = sums(tried(client, "TEA~2~", points_to_spend="3", customer=make_customer().pk))
    assert (shown["points_spent"], shown["payable"]) == ("3.00 EUR", "5.00 EUR")


def test_what_no_till_may_ask_is_told_above_the_receipt(client, shop, tea):
    response = tried(client, "TEA~1.00001~")
    assert response.context["error"].startswith("Line 1: ")
    assert "receipt" not in response.context


def test_the_same_as_a_request_of_the_api(client, shop, tea):
    ann = make_customer()
    page = tried(client, "TEA~2~", customer=ann.pk)
    assert json.loads(page.context["api_request"]) == {
        "customer": f"id:{ann.pk}",
        "point_of_sale": "P1",
        "at": "2026-06-15T12:00:00+00:00",
        "points_to_spend": "0",
        "lines": [{"id": "1", "product": "TEA", "quantity": "2", "unit_price": "4.000"}],
    }


def test_without_a_point_of_sale_it_says_what_is_missing(client):
    assert "First, a point of sale" in words(client.get(TRY))


def test_an_empty_basket_invites(client, shop):
    assert "Put something into the basket" in words(client.get(TRY))


def test_queries_do_not_grow_with_lines_and_offers(shop, tea, for_owners):
    client, customer = staff_with(*SEES_ALL), make_customer()

    def queries(*lines):
        tried(client, *lines, customer=customer.pk)
        with CaptureQueriesContext(connection) as captured:
            tried(client, *lines, customer=customer.pk)
        return len(captured)

    few = queries("TEA~1~")
    drinks = make_category("Drinks")
    for number in range(5):
        product = make_product(external_id=f"D{number}", category=drinks)
        make_discount(name=f"Drink {number}").items.create(product=product)
    make_discount(name="Drinks").items.create(category=drinks)
    many = queries("TEA~1~", *(f"D{number}~1~" for number in range(5)))
    # With the book of rules, which is read anew within a test's transaction.
    assert (few, many) == (29, 29)
