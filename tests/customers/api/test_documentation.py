"""The published description of the API says what its answers are."""

import pytest

from tests.customers.api.requests import PATH, send
from tests.factories import make_customer

pytestmark = pytest.mark.django_db


def test_answers_are_the_documented_ones(client, key):
    """Each error by its status and code, as the description of the API says."""
    operations = client.get("/api/v1/openapi.json").json()["paths"]
    make_customer("ann@example.com", external_id="C-1")
    make_customer("bob@example.com", external_id="C-2")
    mixed = {"external_id": "C-1", "email": "bob@example.com"}
    moved = {"external_id": "C-9", "email": "bob@example.com"}
    once = {"Idempotency-Key": "x"}
    send(client, key, "post", "", {"email": "ann@example.com"}, **once)
    one, batch = "/{customer}", "/batch"
    cases = [
        ("post", "", "", mixed, {}, "different_customers"),
        ("post", "", "", moved, {}, "other_customer"),
        ("post", "", "", moved, once, "idempotency_key_reused"),
        ("post", "", "", {"email": 5}, {}, "malformed"),
        ("post", "", "", {"email": "5"}, {}, "invalid"),
        ("post", "", "", {}, {}, "no_identity"),
        ("post", batch, batch, {"customers": [moved]}, once, "idempotency_key_reused"),
        ("post", batch, batch, {"customers": []}, {}, "malformed"),
        ("patch", one, "/external:C-1", mixed, {}, "different_customers"),
        ("patch", one, "/email:bob@example.com", moved, {}, "other_customer"),
        ("patch", one, "/id:1", {"email": []}, {}, "malformed"),
        ("patch", one, "/external:C-1", {"phone": "1"}, {}, "invalid"),
        ("patch", one, "/external:nobody", {}, {}, "unknown_customer"),
        ("patch", one, "/ann", {}, {}, "customer_address"),
    ]
    for method, documented, path, body, headers, code in cases:
        answer = send(client, key, method, path, body, **headers)
        assert answer.json().get("code") == code
        responses = operations[f"{PATH}{documented}"][method]["responses"]
        assert f"`{code}`" in responses[str(answer.status_code)]["description"]


def test_every_field_of_the_schemas_has_a_meaning_or_an_example(client):
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    assert schemas["CustomerIn"]["properties"]["attributes"]["examples"]
    entry = schemas["BatchIn"]["properties"]["customers"]["items"]
    assert entry["properties"] == schemas["CustomerIn"]["properties"]
    for name in ("CustomerIn", "CustomerOut", "Written", "AttributeOut"):
        assert all(
            {"examples", "description", "enum", "$ref", "format"} & field.keys()
            for field in schemas[name]["properties"].values()
        ), name
