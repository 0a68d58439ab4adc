"""Customers who read Polish read no English: every page, mail and error."""

import re

import pytest
from django.core import mail
from django.utils import timezone

from offers.models import AltShop
from tests.config import test_errors
from tests.factories import DAY, make_altshop, make_customer, make_offer, make_staff, make_user
from tests.polish import Words, english_in, english_on, polish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_attempts_yet")]
ASK, CODE = "/account/sign-in/", "/account/sign-in/code/"


def test_the_check_itself_finds_english():
    page = (
        '<p>Sign <b>Sign in</b> <i title="Page not found">x</i> Import 5 rows</p><code>Email</code>'
    )
    assert english_in(*Words(page).texts) == ["Sign in", "Page not found", "Import 5 rows"]


def test_account_pages():
    shop = make_altshop(name="Sklep Północ", is_default=True)
    client = polish()
    client.force_login(make_customer("anna@example.com", user=make_user()).user)
    assert english_on(client.get("/account/offers/")) == []
    now = timezone.now()
    words = {"visible_name": "Tort", "description": "Rabat.", "validity_text": "W czerwcu"}
    for kind in ("online", "online_and_retail"):
        make_offer(
            altshops=[shop], is_public=True, start=now - DAY, end=now + DAY, type=kind, **words
        )
    for query in ("", "?type=online", "?type=retail", "?type=nonsense"):
        assert english_on(client.get(f"/account/offers/{query}")) == []
    assert english_on(client.get("/account/sign-out/")) == []
    AltShop.objects.update(is_default=False)
    assert english_on(client.get("/account/offers/")) == []


def test_sign_in_its_mail_and_its_limit():
    client = polish()
    assert english_on(client.get(ASK)) == []
    assert english_on(client.post(ASK, {"email": "nobody"})) == []
    assert english_on(client.post(ASK, {"email": ""})) == []
    client.post(ASK, {"email": "anna@example.com"})
    assert english_on(client.get(CODE)) == []
    assert english_on(client.post(CODE, {"code": "wrong"})) == []
    assert english_on(polish().get(CODE, follow=True)) == []
    assert english_on(client.get("/account/closed/")) == []
    answers = [client.post(ASK, {"email": "anna@example.com"}) for _ in range(4)]
    assert answers[-1].status_code == 429
    assert english_on(answers[-1]) == []
    assert english_in(mail.outbox[0].subject, *mail.outbox[0].body.splitlines()) == []


def test_staff_are_told_where_to_sign_in():
    make_staff(email="staff@example.com")
    client = polish()
    client.post(ASK, {"email": "staff@example.com"})
    code = re.search(r"^\d{6}$", mail.outbox[-1].body, re.MULTILINE)[0]
    assert english_on(client.post(CODE, {"code": code})) == []


@pytest.mark.parametrize(("path", "status", "words"), test_errors.PAGES)
def test_error_pages(settings, path, status, words):
    settings.ROOT_URLCONF = test_errors.__name__
    client = polish(raise_request_exception=False)
    answer = client.get(path)
    assert answer.status_code == status
    assert english_on(answer) == []


def test_the_refusal_of_a_form_from_elsewhere():
    assert (
        english_on(polish(enforce_csrf_checks=True).post(ASK, {"email": "anna@example.com"})) == []
    )


def test_staff_sign_in_and_mails():
    make_staff(email="staff@example.com", password="correct-horse-7")
    client = polish()
    assert english_on(client.get("/admin/login/?ended=1")) == []
    assert (
        english_on(client.post("/admin/login/", {"login": "staff@example.com", "password": "no"}))
        == []
    )
    assert english_on(client.get("/admin/password-reset/")) == []
    for email in ("staff@example.com", "nobody@example.com"):
        assert (
            english_on(client.post("/admin/password-reset/", {"email": email}, follow=True)) == []
        )
    assert english_in(*(line for sent in mail.outbox for line in sent.body.splitlines())) == []
    link = re.search(r"/admin/password-reset/\S+", mail.outbox[0].body)[0]
    assert english_on(client.get(link, follow=True)) == []
    assert english_on(client.get("/admin/password-reset/x-y/")) == []
