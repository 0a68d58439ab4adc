"""What the API answers where it has nothing: in its own form, in development as in production."""

import pytest
from django.test import Client, RequestFactory

from config.api import problem
from imports.answers import Problem
from tests.api_keys import key_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db
UNKNOWN = {"detail": "There is no such address.", "code": "not_found"}


@pytest.fixture(params=[False, True], ids=["production", "development"])
def client(request, settings):
    settings.DEBUG = request.param
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize(
    "address",
    ["/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/groups", "/api/v1/nowhere/ann@example.com"],
)
def test_an_unknown_address_is_not_found_in_json(client, method, address):
    answer = getattr(client, method)(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
    assert answer.json() == UNKNOWN


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("delete", "/api/v1/customers", "GET, POST"),
        ("put", "/api/v1/customers/id:1", "GET, PATCH"),
        ("get", "/api/v1/customers/batch", "POST"),
        ("post", "/api/v1/schemas/audience-conditions.json", "GET"),
        ("options", "/api/v1/groups", "GET"),
    ],
)
def test_a_wrong_method_is_told_which_are_taken_in_json(client, method, address, allowed):
    answer = getattr(client, method)(address)
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/json")
    assert answer["Allow"] == allowed
    detail = f"This address takes {allowed} only."
    assert answer.json() == {"detail": detail, "code": "method_not_allowed"}


def test_pages_elsewhere_keep_their_own_answer_to_a_wrong_method(client):
    assert client.delete("/healthz")["Content-Type"] != "application/json"


def test_the_description_of_the_api_says_so(client):
    said = client.get("/api/v1/openapi.json").json()["info"]["description"]
    assert "`not_found`" in said
    assert "`method_not_allowed`" in said


@pytest.fixture
def key():
    return key_of(make_user(is_superuser=True), "purchases:calculate", "imports:write")


def test_a_body_that_is_too_large_is_refused_with_the_size_that_is_taken(client, key):
    body = b" " * (10 * 2**20 + 1)
    answer = client.post(
        "/api/v1/purchases/calculate", body, content_type="application/json", headers=key
    )
    detail = "Send at most 10 MB besides files."
    assert (answer.status_code, answer.json()) == (413, {"detail": detail, "code": "too_large"})


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"abc", "multipart/form-data"),
        (b"&".join([b"a=1"] * 1001), "application/x-www-form-urlencoded"),
    ],
)
def test_a_form_that_cannot_be_read_is_refused_in_json(client, key, body, content_type):
    answer = client.post("/api/v1/imports/customers", body, content_type=content_type, headers=key)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_who_comes_while_customers_are_imported_is_told_when_to_ask_again():
    answer = problem(RequestFactory().get("/api/v1/customers"), Problem(503, "busy", "Later."))
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
