"""The offers of a customer on their page."""

import datetime as dt

import pytest
from django.utils import timezone

from offers.assignment import assign
from tests.customers.admin.customer_pages import ALL, LIST
from tests.factories import make_audience, make_customer, make_offer, make_staff

NAMED = ("customers.view_customergroup", "customers.view_audience")


def test_a_customers_page_shows_their_offers_and_nobody_elses(client, db):
    client.force_login(make_staff(*ALL, "offers.view_privateoffer"))
    ann, bob = make_customer(), make_customer()
    now, day = timezone.now(), dt.timedelta(days=1)
    window = {"start": now - day, "end": now + day}
    for customer, name in ((ann, "anns-live"), (bob, "bobs-live")):
        assign(offer=make_offer(name=name, **window), customers=[customer])
    ended = make_offer(name="anns-ended", start=now - 2 * day, end=now - day)
    assign(offer=ended, customers=[ann])
    make_offer(name="public-live", is_public=True, **window)
    make_offer(name="public-ended", is_public=True, start=now - 2 * day, end=now - day)
    page = client.get(f"{LIST}{ann.pk}/change/?tab=private-offers").text
    names = ["anns-live", "bobs-live", "anns-ended", "public-live", "public-ended"]
    assert [name for name in names if name in page] == ["anns-live", "anns-ended", "public-live"]


def test_a_customers_offers_need_the_permission_to_view_offers(clerk):
    customer = make_customer()
    assign(offer=make_offer(name="secret-offer"), customers=[customer])
    page = clerk.get(f"{LIST}{customer.pk}/change/?tab=private-offers").text
    assert "secret-offer" not in page
    assert "Private offers" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_a_customers_page_takes_the_same_queries_however_many_offers(
    client, db, django_assert_num_queries, number
):
    client.force_login(make_staff(*ALL, "offers.view_privateoffer", *NAMED))
    customer = make_customer()
    for _ in range(number):
        assign(offer=make_offer(), customers=[customer])
    make_audience({"field": "city", "is": "is_empty"})  # no other test left it known to the process
    page = f"{LIST}{customer.pk}/change/?tab=private-offers"
    client.get(page)
    # Four of them find the audiences, three of these only in a test's transaction.
    with django_assert_num_queries(14):
        client.get(page)
