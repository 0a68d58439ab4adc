"""The account's cashback tab: balance first, what expires next, history with reasons (D15)."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from loyalty.ledger import credit, debit
from loyalty.models import Purpose
from tests.browsers import sign_in
from tests.factories import DAY, make_user
from tests.loyalty.account.cashback import give, reasons, signed_in, texts

pytestmark = pytest.mark.django_db


def test_the_balance_comes_first_then_what_expires_then_the_reasons_D15():
    client, ann = signed_in("ann@example.com")
    give(ann, "12.50", "Sorry for the late parcel", expires_at=timezone.now() + 10 * DAY)
    give(ann, "5", "Welcome")
    debit(customer_id=ann.pk, amount=Decimal("2.50"), at=timezone.now())
    html = client.get("/account/cashback/").content.decode()
    assert texts(html, "amount") == ["15.00"]
    assert html.index('class="amount"') < html.index("Sorry for the late parcel")
    assert re.search(r"<strong>10.00</strong> of it expires on", html)
    assert reasons(html) == [
        "Spent",
        "Welcome",
        "Sorry for the late parcel",
    ]
    assert texts(html, "change") == ["−2.50", "+5.00", "+12.50"]


def test_nobody_sees_the_cashback_of_another():
    """Ann, Ben and a member of staff who is no customer; each has what could leak."""
    (ann_sees, ann), (ben_sees, ben) = signed_in("ann@example.com"), signed_in("ben@example.com")
    give(ann, "1.11", "Only for Ann")
    give(ben, "2.22", "Only for Ben")
    staff = Client()
    staff.force_login(make_user("staff@example.com", is_staff=True))
    pages = [
        each.get("/account/cashback/").content.decode() for each in (ann_sees, ben_sees, staff)
    ]
    assert [texts(page, "change") for page in pages] == [["+1.11"], ["+2.22"], []]
    assert [texts(page, "amount") for page in pages] == [["1.11"], ["2.22"], ["0.00"]]


def test_who_is_not_signed_in_is_asked_to():
    answer = Client().get("/account/cashback/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_request_login_code"))


def test_nothing_yet_says_so_and_leads_on():
    client, _ann = signed_in("ann@example.com")
    html = client.get("/account/cashback/").content.decode()
    assert "No cashback yet" in html
    assert 'href="/account/offers/"' in html


def test_older_entries_are_a_page_away():
    client, ann = signed_in("ann@example.com")
    now = timezone.now()
    for number in range(1, 26):
        credit(customer_id=ann.pk, amount=Decimal(number), at=now, purpose=Purpose.ISSUED)
    first = client.get("/account/cashback/").content.decode()
    assert texts(first, "change") == [f"+{number}.00" for number in range(25, 5, -1)]
    older = re.search(r'href="(\?before=\d+)"', first)
    assert older
    second = client.get(f"/account/cashback/{older[1]}").content.decode()
    assert texts(second, "change") == [f"+{number}.00" for number in range(5, 0, -1)]
    assert 'rel="next"' not in second


@pytest.mark.parametrize("before", ["", "x", "-1", "9" * 30, "٣"])
def test_a_page_that_is_no_number_is_the_first(before):
    client, ann = signed_in("ann@example.com")
    give(ann, "3", "Hello")
    html = client.get("/account/cashback/", {"before": before}).content.decode()
    assert texts(html, "change") == ["+3.00"]


@pytest.mark.parametrize("entries", [1, 3])
def test_the_page_costs_eight_queries(entries, django_assert_num_queries):
    """Session and user, then altshops, customer, history, balance, expiry and what is pending."""
    client, ann = signed_in("ann@example.com")
    for _ in range(entries):
        give(ann, "3", "Hello", expires_at=timezone.now() + DAY)
    with django_assert_num_queries(8):
        client.get("/account/cashback/")


def test_times_are_those_of_the_altshop_and_say_so():
    client, ann = signed_in("ann@example.com")
    noon = dt.datetime(2026, 7, 1, 12, 0, tzinfo=dt.UTC)
    credit(customer_id=ann.pk, amount=Decimal(1), at=noon)
    html = client.get("/account/cashback/").content.decode()
    assert ">July 1, 2026, 14:00 CEST<" in html


@pytest.mark.django_db(transaction=True)
def test_on_a_phone_nothing_is_wider_than_the_screen(live_server, page: Page):
    _client, ann = signed_in("ann@example.com")
    give(ann, "1234567.89", "A reason that is rather long " * 8, expires_at=timezone.now() + DAY)
    sign_in(page.context, ann.user, live_server.url)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}/account/offers/")
    page.get_by_role("link", name="Cashback").click()
    expect(page.get_by_text("1,234,567.89").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
