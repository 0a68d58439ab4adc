"""The list of personal offers."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loyalty.models import OfferUse, OfferUseCounter
from tests.factories import NOON, make_audience, make_group
from tests.loyalty.admin.personal_offers.forms import (
    ADD,
    EDITOR,
    LIST,
    VIEW,
    aim,
    make_personal_offer,
)
from tests.pages import column, headers, links, page_text, rows, staff_with
from tests.promotions.factories import make_point_of_sale, make_product

pytestmark = pytest.mark.django_db


def test_columns_and_what_a_row_says(client):
    offer = make_personal_offer(
        name="february",
        title="Your cake",
        all_customers=False,
        start=dt.datetime(2030, 6, 1, tzinfo=dt.UTC),
        end=dt.datetime(2030, 7, 1, tzinfo=dt.UTC),
        time_zone="Europe/Warsaw",
        needs_acceptance=True,
        currency="EUR",
        most_uses=500,
        budget=1000,
    )
    aim(offer, audience=make_audience({"all": []}, name="Born in February"))
    OfferUseCounter.objects.update_or_create(
        offer=offer,
        customer_id=0,
        period="ever",
        since="1900-01-01",
        defaults={"used": 123, "spent": "369.5"},
    )
    page = client.get(LIST)
    (row,) = rows(page)
    assert headers(page) == [
        *("Name", "Title", "Mechanic", "Preference", "For whom", "When", "Status"),
        *("Uses and budget", "Actions"),
    ]
    assert {name: row[name] for name in row if name != "actions"} == {
        "shown_name": "february",
        "shown_title": "Your cake 30% off each unit of any product; for audience Born in"
        " February; where prices are in EUR; once the customer has accepted it; at most 500 uses"
        " in total; until 1,000.00 EUR are given away.",
        "shown_mechanic": "groups Audience",
        "shown_preference": "30% off needs acceptance",
        "for_whom": "Audience Born in February",
        "when": "2030-06-01 02:00 – 2030-07-01 02:00 Europe/Warsaw",
        "status": "schedule Scheduled",
        "used": "123 of 500 uses 369.50 of 1,000.00 EUR given away",
    }
    assert '<progress max="100" value="36"' in page.content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"preference": "points", "method": "amount", "value": 500}, "500 points"),
        ({"preference": "points"}, "30% in points"),
        ({"method": "amount", "currency": "EUR"}, "30.00 EUR off"),
        ({"mechanic": "products", "value": None}, "Each customer's own discount"),
        ({"mechanic": "products"}, "Own, or 30% off"),
    ],
)
def test_preferences_in_words(client, fields, words):
    make_personal_offer(**fields)
    assert column(client.get(LIST), "shown_preference") == [words]


def test_uses_without_a_limit_are_counted_but_for_those_given_back(client):
    offer = make_personal_offer()
    for number, back in enumerate((False, False, True)):
        OfferUse.objects.create(
            offer=offer, customer_id=1, purchase=f"P{number}", at=NOON, amount=1, is_given_back=back
        )
    assert column(client.get(LIST), "used") == ["2 uses"]


def make_whole(number):
    offer = make_personal_offer(name=f"whole-{number}", everything=False, all_customers=False)
    group = make_group(type="audience", audience=make_audience())
    aim(offer, product=make_product())
    aim(offer, point_of_sale=make_point_of_sale())
    aim(offer, customer_group=group)
    aim(offer, audience=make_audience())
    offer.texts.create(language="pl", title="Tytuł")


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_takes_the_same_queries_whatever_its_length(client, number):
    for place in range(number):
        make_whole(place)
    client.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        assert len(rows(client.get(LIST))) == number
    assert len(queries) == 10


def test_groups_and_audiences_are_told_by_number_to_who_may_not_see_them():
    offer = make_personal_offer(all_customers=False)
    aim(offer, audience=make_audience(name="Pregnant"))
    aim(offer, customer_group=make_group(title="Debtors"))
    page = staff_with(*EDITOR).get(LIST)
    assert column(page, "for_whom") == ["1 customer group or 1 audience"]
    body = page.content.decode()
    assert [secret for secret in ("Pregnant", "Debtors") if secret in body] == []


def test_only_who_may_is_offered_to_add_delete_and_upload():
    make_personal_offer(mechanic="products")
    button = ("+ Add personal offer", ADD)
    viewer = links(staff_with(VIEW).get(LIST))
    assert button not in viewer
    more = ("Delete", "Duplicate", "Upload items")
    assert [words for words, _url in viewer if words.startswith(more)] == []
    rights = (*EDITOR, "loyalty.delete_personaloffer", "loyalty.import_items")
    offered = links(staff_with(*rights).get(LIST))
    assert button in offered
    assert [words for words, _url in offered if words in more] == [
        *("Upload items", "Duplicate", "Delete"),
    ]


def test_an_empty_list_says_what_to_do(client):
    assert "There are no personal offers yet" in page_text(client.get(LIST))
    make_personal_offer()
    assert "No personal offer matches" in page_text(client.get(LIST, {"q": "zzz"}))
