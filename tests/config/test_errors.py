"""The pages of requests that cannot be answered, as production serves them (DEBUG off)."""

import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.test import Client
from django.urls import include, path

from config import urls
from tests.factories import make_staff

pytestmark = pytest.mark.django_db
SECRET = "customer ann@example.com in /srv/bespoke"


def fails_with(error: Exception):
    def view(request):
        raise error

    return view


urlpatterns = [
    path(f"{prefix}{name}/", fails_with(error))
    for prefix in ("", "api/")
    for name, error in {
        "bad": SuspiciousOperation(SECRET),
        "denied": PermissionDenied(SECRET),
        "broken": ValueError(SECRET),
        "away": OperationalError(SECRET),
    }.items()
] + [path("", include(urls))]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500

PAGES = [
    ("/nowhere/ann@example.com/", 404, "This page is not here"),
    ("/bad/", 400, "We could not understand that"),
    ("/denied/", 403, "You have no access to this page"),
    ("/broken/", 500, "Something went wrong here"),
    ("/away/", 503, "We will be back in a moment"),
]


@pytest.fixture(autouse=True)
def failing_pages(settings):
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def heading(answer) -> str:
    return re.search(r"<h1>(.*?)</h1>", answer.content.decode())[1]


@pytest.mark.parametrize(("path", "status", "words"), PAGES)
def test_each_error_has_its_page_with_the_policy_and_leaks_nothing(browser, path, status, words):
    answer = browser.get(path)
    assert (answer.status_code, heading(answer)) == (status, words)
    assert "script-src 'self';" in answer["Content-Security-Policy"] + ";"
    assert "unsafe" not in answer["Content-Security-Policy"]
    body = answer.content.decode()
    assert [leak for leak in ("ann@", "/srv", "Traceback", "Error:") if leak in body] == []
    assert re.findall(r"<style|<script|style=", body) == []


def test_a_strange_host_is_refused_in_words_before_it_is_sent_to_tls(browser, settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = browser.get("/account/sign-in/", headers={"host": "evil.example.org"})
    assert (answer.status_code, heading(answer)) == (400, "We could not understand that")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "evil" not in answer.content.decode()


def test_a_form_sent_from_elsewhere_is_refused_in_words(browser):
    answer = browser.post("/account/sign-in/", {"email": "ann@example.com"})
    assert (answer.status_code, heading(answer)) == (403, "Please send that again")
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "ann@" not in answer.content.decode()


@pytest.mark.parametrize(("path", "status", "words"), PAGES)
def test_staff_see_them_too_and_find_their_way_back(browser, path, status, words):
    browser.force_login(make_staff())
    answer = browser.get(f"/admin{path}" if status == 404 else path)
    assert (answer.status_code, heading(answer)) == (status, words)
    if status == 404:
        assert 'href="/admin/"' in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/nowhere", 404, "not_found"),
        ("/api/bad/", 400, "bad_request"),
        ("/api/broken/", 500, "server_error"),
        ("/api/away/", 503, "unavailable"),
    ],
)
def test_programs_get_errors_in_the_form_of_the_api(browser, path, status, code):
    answer = browser.get(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert sorted(answer.json()) == ["code", "detail"]
    assert SECRET not in answer.content.decode()


def test_those_who_look_for_an_icon_find_ours(browser):
    assert browser.get("/favicon.ico")["Location"] == "/static/offers/icon.svg"
