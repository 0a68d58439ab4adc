"""Where signing in and out lead, how long it lasts, and how it is done on a phone."""

import re

import pytest
from playwright.sync_api import Page

from customers.models import User
from tests.customers.sign_in.codes import ASK, CONFIRM, code_sent, sign_in
from tests.pages import user_of

pytestmark = pytest.mark.usefixtures("no_attempts_yet")


def test_signing_in_leads_back_to_the_page_asked_for(client):
    asked = client.post(ASK, {"email": "ann@example.com", "next": "/account/offers/?type=online"})
    next_page = re.search(r"next=([^&]+)", asked["Location"])[0]
    response = client.post(f"{CONFIRM}?{next_page}", {"code": code_sent()})
    assert response["Location"] == "/account/offers/?type=online"


def test_signing_in_leads_to_no_other_site(client):
    response = sign_in(client, "ann@example.com", next="https://evil.example.org/")
    assert response["Location"] == "/account/offers/"


def test_a_customers_session_lives_fourteen_days(client):
    sign_in(client, "ann@example.com")
    assert client.cookies["sessionid"]["max-age"] == 14 * 24 * 3600


def test_signing_out_needs_a_post(client):
    sign_in(client, "ann@example.com")
    assert client.get("/account/sign-out/").status_code == 200
    assert user_of(client) is not None
    assert client.post("/account/sign-out/")["Location"] == ASK
    assert user_of(client) is None


@pytest.mark.parametrize("path", ["signup/", "login/", "email/", "password/reset/", "social/"])
def test_only_the_pages_we_want_are_there(client, path):
    assert client.get(f"/account/{path}").status_code == 404


def test_signing_in_on_a_phone(transactional_db, live_server, page: Page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}{ASK}")
    page.keyboard.type("ann@example.com")
    page.keyboard.press("Enter")
    page.get_by_label("Code").wait_for()
    assert page.get_by_label("Code").get_attribute("inputmode") == "numeric"
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.keyboard.type(code_sent())
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/offers/")
    assert User.objects.get().customer.email == "ann@example.com"
