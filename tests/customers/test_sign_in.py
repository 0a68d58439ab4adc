"""Customers sign in by a code from an e-mail; strangers learn nothing about who exists."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from customers.accounts import AddressTakenError, link, open_account
from customers.models import Customer, User
from tests.factories import make_customer, make_staff, make_user

ASK = "/account/sign-in/"
CONFIRM = "/account/sign-in/code/"


@pytest.fixture(autouse=True)
def no_attempts_yet(db):
    cache.clear()


def code_sent() -> str:
    return re.search(r"^\d{6}$", mail.outbox[-1].body, re.MULTILINE)[0]


def sign_in(client: Client, email: str, **extra):
    client.post(ASK, {"email": email})
    return client.post(CONFIRM, {"code": code_sent(), **extra})


def signed_in(client: Client) -> User | None:
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


def masked(text: str) -> str:
    """What is different in every answer: the address itself, codes and tokens."""
    text = re.sub(r"\b\d{6}\b", "CODE", re.sub(r"[\w.]+@example\.com", "ADDRESS", text))
    return re.sub(r'value="\w{64}"', "TOKEN", text)


def test_a_new_address_becomes_a_user_and_a_customer(client):
    response = sign_in(client, "ann@example.com")
    assert (response.status_code, response["Location"]) == (302, "/account/offers/")
    user = signed_in(client)
    assert (user.email, user.is_staff, user.has_usable_password()) == (
        "ann@example.com",
        False,
        False,
    )
    assert (user.customer.email, user.customer.is_prospect) == ("ann@example.com", False)


def test_nobody_exists_before_the_code_is_confirmed(client):
    client.post(ASK, {"email": "ann@example.com"})
    assert (User.objects.count(), Customer.objects.count()) == (0, 0)


def test_a_prospect_becomes_a_customer_and_keeps_its_id(client):
    waiting = make_customer("ann@example.com", is_prospect=True)
    sign_in(client, " Ann@EXAMPLE.com ")
    waiting.refresh_from_db()
    assert (waiting.user, waiting.is_prospect) == (signed_in(client), False)
    assert Customer.objects.count() == 1


def test_signing_in_again_changes_nothing(client):
    sign_in(client, "ann@example.com")
    first = Customer.objects.values().get()
    sign_in(Client(), "ann@example.com")
    assert Customer.objects.values().get() == first
    assert User.objects.count() == 1


def test_a_customer_linked_to_somebody_else_is_never_taken_over(client):
    owner = make_user("old@example.com")
    customer = make_customer("ann@example.com", user=owner)
    response = sign_in(client, "ann@example.com")
    assert response.status_code == 403
    assert signed_in(client) is None
    customer.refresh_from_db()
    assert customer.user == owner
    assert list(User.objects.all()) == [owner]


def test_a_link_outlives_a_change_of_the_customers_address(client):
    sign_in(client, "ann@example.com")
    Customer.objects.update(email="new@example.com")
    sign_in(again := Client(), "ann@example.com")
    assert signed_in(again).customer.email == "new@example.com"
    assert Customer.objects.count() == 1


def test_an_inactive_user_does_not_sign_in(client):
    make_user("ann@example.com", is_active=False)
    response = sign_in(client, "ann@example.com")
    assert response["Location"] == reverse("account_inactive")
    assert "closed" in client.get(response["Location"]).content.decode()
    assert signed_in(client) is None


def test_staff_do_not_sign_in_by_code(client):
    make_staff(email="ann@example.com")
    response = sign_in(client, "ann@example.com")
    assert response.status_code == 403
    assert reverse("account_login") in response.content.decode()
    assert signed_in(client) is None
    assert Customer.objects.count() == 0


def test_strangers_cannot_tell_which_addresses_exist(db):
    make_customer("prospect@example.com", is_prospect=True)
    make_customer("customer@example.com", user=make_user("customer@example.com"))
    make_user("closed@example.com", is_active=False)
    make_staff(email="staff@example.com")
    seen = {}
    for name in ("unknown", "prospect", "customer", "closed", "staff"):
        client = Client()
        asked = client.post(ASK, {"email": f"{name}@example.com"}, HTTP_ACCEPT_LANGUAGE="en")
        page = client.get(asked["Location"])
        wrong = client.post(asked["Location"], {"code": "x"})
        message = mail.outbox[-1]
        seen[name] = (
            (asked.status_code, asked["Location"], sorted(asked.cookies)),
            (page.status_code, masked(page.content.decode())),
            (wrong.status_code, masked(wrong.content.decode())),
            (message.to, message.subject, masked(message.body), message.alternatives),
        )
    assert len(mail.outbox) == 5
    same = {name: (*facts[:3], facts[3][1:]) for name, facts in seen.items()}
    assert list(same.values()) == [same["unknown"]] * 5
    assert [facts[3][0] for facts in seen.values()] == [[f"{n}@example.com"] for n in seen]


def test_asking_for_a_code_looks_nobody_up(client):
    """Not the time taken either: no query mentions people."""
    make_user("ann@example.com")
    with connection.execute_wrapper(refuse_tables_of_people):
        assert client.post(ASK, {"email": "ann@example.com"}).status_code == 302


def refuse_tables_of_people(execute, sql, params, many, context):
    assert "customers_" not in sql
    return execute(sql, params, many, context)


@pytest.mark.parametrize("typed", ["", "ann", "ann@", "żółć@example.com", "a@examplе.com"])
def test_what_is_no_address_is_said_so_and_no_mail_is_sent(client, typed):
    response = client.post(ASK, {"email": typed})
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"email"}
    assert mail.outbox == []


def test_a_code_is_good_for_five_attempts(client):
    client.post(ASK, {"email": "ann@example.com"})
    code = code_sent()
    for _ in range(5):
        client.post(CONFIRM, {"code": "000000" if code != "000000" else "111111"})
    client.post(CONFIRM, {"code": code})
    assert signed_in(client) is None


def test_guesses_sent_at_once_count_one_by_one(transactional_db, client):
    """The session's own count would take all of them for the first."""
    client.post(ASK, {"email": "ann@example.com"})
    cookies = client.cookies

    def guess(number: int) -> int:
        one = Client()
        one.cookies = cookies
        try:
            return one.post(CONFIRM, {"code": "x"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(guess, range(12)))
    assert answers.count(429) >= 7


def test_a_code_expires(client, settings):
    client.post(ASK, {"email": "ann@example.com"})
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    response = client.post(CONFIRM, {"code": code_sent()}, follow=True)
    assert signed_in(client) is None
    assert response.redirect_chain == [(ASK, 302)]
    assert "expired" in response.content.decode()


def test_a_code_works_only_in_the_browser_that_asked(client):
    client.post(ASK, {"email": "ann@example.com"})
    other = Client()
    response = other.post(CONFIRM, {"code": code_sent()})
    assert (response["Location"], signed_in(other)) == (ASK, None)


def test_an_address_gets_three_codes_a_minute_whoever_asks():
    statuses = [Client().post(ASK, {"email": "ann@example.com"}).status_code for _ in range(4)]
    assert statuses == [302, 302, 302, 429]
    assert len(mail.outbox) == 3
    assert Client().post(ASK, {"email": "bob@example.com"}).status_code == 302


def test_a_network_address_gets_twenty_codes_a_minute(client):
    statuses = [
        client.post(ASK, {"email": f"a{number}@example.com"}).status_code for number in range(21)
    ]
    assert statuses == [302] * 20 + [429]


def test_the_refusal_is_a_page_of_ours(client):
    for _ in range(4):
        response = client.post(ASK, {"email": "ann@example.com"})
    assert response.status_code == 429
    assert "Too many attempts" in response.content.decode()
    assert "account/sign_in.html" in [template.name for template in response.templates]


def test_one_may_go_back_and_correct_the_address(client):
    client.post(ASK, {"email": "an@example.com"})
    assert client.get(ASK).status_code == 200
    sign_in(client, "ann@example.com")
    assert signed_in(client).email == "ann@example.com"


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
    assert signed_in(client) is not None
    assert client.post("/account/sign-out/")["Location"] == ASK
    assert signed_in(client) is None


@pytest.mark.parametrize("path", ["signup/", "login/", "email/", "password/reset/", "social/"])
def test_only_the_pages_we_want_are_there(client, path):
    assert client.get(f"/account/{path}").status_code == 404


def test_link_refuses_the_customer_of_another_user(db):
    make_customer("ann@example.com", user=make_user("old@example.com"))
    with pytest.raises(AddressTakenError):
        link(user=make_user("ann@example.com"))


def test_two_first_sign_ins_at_once_make_one_user_and_one_customer(transactional_db):
    def first_sign_in(number: int) -> int:
        try:
            return open_account(email="ann@example.com").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        users = set(pool.map(first_sign_in, range(8)))
    assert {customer.user_id for customer in Customer.objects.all()} == users
    assert (len(users), Customer.objects.count()) == (1, 1)


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
