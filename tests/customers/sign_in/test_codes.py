"""A code opens one browser, for a time and a few attempts, and few are sent."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from tests.customers.sign_in.codes import ASK, CONFIRM, code_sent, sign_in
from tests.pages import user_of

pytestmark = pytest.mark.usefixtures("no_attempts_yet")


def test_a_code_is_good_for_five_attempts(client):
    client.post(ASK, {"email": "ann@example.com"})
    code = code_sent()
    for _ in range(5):
        client.post(CONFIRM, {"code": "000000" if code != "000000" else "111111"})
    client.post(CONFIRM, {"code": code})
    assert user_of(client) is None


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
    assert user_of(client) is None
    assert response.redirect_chain == [(ASK, 302)]
    assert "expired" in response.content.decode()


def test_a_code_works_only_in_the_browser_that_asked(client):
    client.post(ASK, {"email": "ann@example.com"})
    other = Client()
    response = other.post(CONFIRM, {"code": code_sent()})
    assert (response["Location"], user_of(other)) == (ASK, None)


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
    assert user_of(client).email == "ann@example.com"
