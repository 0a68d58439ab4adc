"""What the API answers where it has nothing: in its own form, in development as in production."""

import pytest
from django.test import Client

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
