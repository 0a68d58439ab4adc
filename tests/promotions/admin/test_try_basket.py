"""P7: a basket for any customer, moment and point of sale, and every offer's why and why not."""

import datetime as dt
import html
import json
import re

import pytest
from django.utils.http import urlencode

from tests.factories import DAY, NOON, make_audience, make_customer, make_group, make_staff
from tests.pages import links, page_text, signed_in, staff_with
from tests.promotions.factories import (
    make_category,
    make_discount,
    make_point_of_sale,
    make_product,
    make_product_set,
)

pytestmark = pytest.mark.django_db
TRY = "/admin/try-a-basket/"
AT = f"{NOON:%Y-%m-%dT%H:%M}"
MAY = ("promotions.view_discount", "customers.view_customer")
SEES_ALL = (*MAY, "customers.view_audience", "customers.view_customergroup")


@pytest.fixture
def shop():
    return make_point_of_sale(key="P1", name="Main street")


@pytest.fixture
def tea():
    return make_product("Green tea", external_id="TEA", price="4.00", barcodes=["5900000000017"])


@pytest.fixture
def client():
    return staff_with(*MAY)


def tried(client, *lines, at=AT, **asked):
    """The page for lines such as TEA~2~3.50."""
    query = urlencode([*asked.items(), ("at", at), *(("line", line) for line in lines)])
    return client.get(f"{TRY}?{query}")


def words(response):
    """As on the screen, with ordinary spaces."""
    return page_text(response).replace("\u00a0", " ")


def receipt(response):
    return response.context["receipt"]


def sums(response):
    return {
        name: amount.replace("\u00a0", " ")
        for name, amount in receipt(response).sums.items()
        if amount
    }


def told(offers):
    """Names of offers with what is said of each."""
    return {offer.name: offer.words.replace("\u00a0", " ") for offer in offers}


def test_the_receipt_says_what_each_line_was_and_is_and_who_took_what(client, shop, tea):
    half = make_discount(name="Half of tea", currency="EUR")
    response = tried(client, "TEA~2~", "LOOSE~1.5~2.00")
    assert sums(response) == {"total": "11.00 EUR", "discount": "5.50 EUR", "payable": "5.50 EUR"}
    first, second = receipt(response).lines
    assert (first.name, first.quantity, first.is_known) == ("Green tea", "2", True)
    assert (second.name, second.quantity, second.is_known) == ("LOOSE", "1.5", False)
    assert [first.total, first.payable, first.is_reduced] == ["8.00\u00a0EUR", "4.00\u00a0EUR", True]
    (take,) = first.takes
    assert (take.offer, take.words) == ("Half of tea", "4.00\u00a0EUR off 2 units")
    assert ("Half of tea", f"/admin/promotions/discount/{half.pk}/change/") in links(response)
    assert "You saved 5.50 EUR (50%)" in words(response)
