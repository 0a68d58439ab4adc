"""The list of discounts."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from promotions.models import DiscountItem, Use, UseCounter
from tests.factories import DAY, NOON, make_audience, make_group
from tests.pages import column, headers, links, page_text, rows, staff_with
from tests.promotions.admin.discounts.forms import ADD, EDITOR, LIST
from tests.promotions.factories import (
    make_discount,
    make_personalized_promotion,
    make_point_of_sale,
    make_product,
    make_product_set,
)

pytestmark = pytest.mark.django_db


def make_use(discount, **fields):
    number = Use.objects.count()
    return Use.objects.create(discount=discount, purchase=f"R{number}", at=NOON, amount=1, **fields)


def test_columns_and_what_a_row_says(client):
    shop = make_point_of_sale(name="Sovetsky")
    discount = make_discount(
        name="Happy hour",
        kind="amount",
        value="3",
        currency="EUR",
        everything=True,
        time_zone="Europe/Warsaw",
        start=dt.datetime(2030, 6, 1, tzinfo=dt.UTC),
        end=dt.datetime(2030, 7, 1, tzinfo=dt.UTC),
        most_uses=500,
        budget=1000,
    )
    DiscountItem.objects.create(discount=discount, point_of_sale=shop)
    UseCounter.objects.create(
        discount=discount, period="ever", since="1900-01-01", used=123, spent="369.5"
    )
    page = client.get(LIST)
    (row,) = rows(page)
    assert headers(page) == [
        "Name",
        "Discount",
        "Where",
        "When",
        "With other offers",
        "Status",
        "Uses and budget",
        "Actions",
    ]
    assert {name: row[name] for name in row if name != "actions"} == {
        "shown_name": "Happy hour 3.00 EUR off each unit of any product; in Sovetsky; at most 500"
        " uses in total; until 1,000.00 EUR are given away.",
        "shown_value": "3.00 EUR off each unit",
        "where": "Sovetsky",
        "when": "2030-06-01 02:00 – 2030-07-01 02:00 Europe/Warsaw",
        "with_others": "One per item priority 100",
        "status": "schedule Scheduled",
        "used": "123 of 500 uses 369.50 of 1,000.00 EUR given away",
    }
    assert '<progress max="100" value="36"' in page.content.decode()


def test_uses_without_a_limit_are_counted_but_for_those_given_back(client):
    used = make_discount(name="Used")
    make_discount(name="New")
    make_use(used)
    make_use(used, customer_id=7)
    make_use(used, is_given_back=True)
    found = {row["shown_name"].split()[0]: row["used"] for row in rows(client.get(LIST))}
    assert found == {"Used": "2 uses", "New": "0 uses"}


@pytest.fixture
def four():
    now = timezone.now()
    return [
        make_discount(name="Live", start=now - DAY, end=now + DAY, stacking="alone"),
        make_discount(
            name="Later", start=now + DAY, end=now + 2 * DAY, kind="amount", currency="EUR"
        ),
        make_discount(name="Ended", start=now - 2 * DAY, end=now - DAY, is_active=False),
        make_discount(name="Off", start=now - DAY, end=now + DAY, is_active=False),
    ]


def names(page):
    return [name.split()[0] for name in column(page, "shown_name")]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"status": "live"}, ["Live"]),
        ({"status": "scheduled"}, ["Later"]),
        ({"status": "ended"}, ["Ended"]),
        ({"status": "off"}, ["Off"]),
        ({"stacking": "alone"}, ["Live"]),
        ({"type": "amount"}, ["Later"]),
        ({"q": "LATE"}, ["Later"]),
    ],
)
def test_filters_and_search(client, four, filters, found):
    assert names(client.get(LIST, filters)) == found


def test_the_filter_of_a_point_of_sale_finds_those_that_hold_there(client, four):
    here, there = make_point_of_sale(key="here"), make_point_of_sale(key="there")
    live, later, *_others = four
    DiscountItem.objects.create(discount=live, point_of_sale=here)
    DiscountItem.objects.create(discount=later, point_of_sale=there)
    assert names(client.get(LIST, {"point_of_sale": "here"})) == ["Live", "Ended", "Off"]


def test_the_filter_of_personalized_promotions(client, four):
    make_product_set(four[0], personalized_promotion=make_personalized_promotion())
    make_product_set(four[1], everything=True)
    assert names(client.get(LIST, {"personalized": "yes"})) == ["Live"]
    assert names(client.get(LIST, {"personalized": "no"})) == ["Later", "Ended", "Off"]


def make_whole(number):
    discount = make_discount(name=f"Whole {number}")
    part = make_product_set(discount, gets_discount=True)
    DiscountItem.objects.create(discount=discount, product_set=part, product=make_product())
    condition = discount.conditions.create(kind="points_of_sale")
    shop, group = make_point_of_sale(), make_group(type="audience", audience=make_audience())
    DiscountItem.objects.create(discount=discount, condition=condition, point_of_sale=shop)
    DiscountItem.objects.create(discount=discount, customer_group=group)
    DiscountItem.objects.create(discount=discount, audience=make_audience())


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_takes_the_same_queries_whatever_its_length(client, number):
    for place in range(number):
        make_whole(place)
    client.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(rows(client.get(LIST))) == number
    assert len(queries) == 12


def test_groups_and_audiences_are_told_by_number_to_who_may_not_see_them():
    discount = make_discount(name="Secret", everything=True)
    DiscountItem.objects.create(discount=discount, audience=make_audience(name="Pregnant"))
    DiscountItem.objects.create(discount=discount, customer_group=make_group(title="Debtors"))
    said = "50% off each unit of any product; for 1 customer group or 1 audience."
    page = staff_with(*EDITOR).get(LIST)
    assert column(page, "shown_name") == [f"Secret {said}"]
    assert not {"Pregnant", "Debtors"} & set(page.content.decode().split())


def test_only_who_may_is_offered_to_add_and_delete(four):
    button = ("+ Add discount", ADD)
    viewer = staff_with("promotions.view_discount").get(LIST)
    assert button not in links(viewer)
    assert not [words for words, _url in links(viewer) if words.startswith(("Delete", "Duplicate"))]
    assert button in links(staff_with(*EDITOR).get(LIST))


def test_an_empty_list_says_what_to_do(client):
    assert "There are no discounts yet" in page_text(client.get(LIST))
    make_discount()
    assert "No discount matches" in page_text(client.get(LIST, {"q": "zzz"}))
