"""The API's own pages: its description, and its documentation from our own server alone."""

from collections import defaultdict

import pytest
from ninja.openapi.schema import OpenAPISchema
from playwright.sync_api import Page, expect

from config.api import api

SCHEMA = "/api/v1/schemas/audience-conditions.json"
SHARED = {"400", "405", "413", "503"}


def test_every_endpoint_declares_its_answers_and_all_but_the_schema_need_a_key(client):
    schema = client.get("/api/v1/openapi.json").json()
    assert schema["info"]["title"] == "Bespoke"
    operations = {
        (method, path): operation
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    }
    own = {key: set(operation["responses"]) - SHARED for key, operation in operations.items()}
    assert own == {
        ("get", "/api/v1/customers/{customer}/private-offers"): {"200", "401", "403", "404", "422"},
        ("get", "/api/v1/customers/{customer}/points"): {"200", "401", "403", "404", "422"},
        ("get", "/api/v1/attributes"): {"200", "401", "403"},
        ("get", "/api/v1/customers"): {"200", "401", "403", "422"},
        ("post", "/api/v1/customers"): {"200", "201", "401", "403", "409", "422"},
        ("post", "/api/v1/customers/batch"): {"200", "401", "403", "409", "422"},
        ("get", "/api/v1/customers/{customer}"): {"200", "401", "403", "404", "422"},
        ("patch", "/api/v1/customers/{customer}"): {
            "200",
            "401",
            "403",
            "404",
            "409",
            "422",
        },
        ("get", "/api/v1/groups"): {"200", "401", "403", "422"},
        ("get", "/api/v1/groups/{group}/members"): {"200", "401", "403", "404", "422"},
        **{
            ("post", f"/api/v1/groups/{{group}}/members{each}"): {
                "200",
                "401",
                "403",
                "404",
                "409",
                "422",
            }
            for each in ("", "/remove")
        },
        **{
            (
                method,
                f"/api/v1/personalized-promotions/{{backend_id}}/customers/{{customer}}/{of}",
            ): {
                "200",
                "401",
                "403",
                "404",
                "422",
                *(["409"] if method in ("post", "put") else []),
            }
            for method, of in (
                ("get", "products"),
                ("post", "products"),
                ("delete", "products"),
                ("get", "selection"),
                ("put", "selection"),
            )
        },
        ("post", "/api/v1/purchases/calculate"): {"200", "401", "403", "404", "409", "422"},
        ("post", "/api/v1/purchases"): {"200", "201", "401", "403", "404", "409", "422"},
        ("get", "/api/v1/purchases/{receipt}"): {"200", "401", "403", "404"},
        ("post", "/api/v1/purchases/{receipt}/cancel"): {"200", "401", "403", "404", "409", "422"},
        ("post", "/api/v1/purchases/{receipt}/returns"): {
            "200",
            "201",
            "401",
            "403",
            "404",
            "409",
            "422",
        },
        ("get", "/api/v1/events"): {"200", "401", "403", "422"},
        ("get", "/api/v1/customers/{customer}/personal-offers"): {
            "200",
            "401",
            "403",
            "404",
            "422",
        },
        **{
            ("post", f"/api/v1/customers/{{customer}}/personal-offers/{{offer}}/{answer}"): {
                "200",
                "401",
                "403",
                "404",
                "409",
                "422",
            }
            for answer in ("accept", "decline")
        },
        ("post", "/api/v1/personal-offers/items"): {"200", "401", "403", "422"},
        **{
            (method, "/api/v1/customers/{customer}/personal-offers/{offer}/items"): {
                "200",
                "401",
                "403",
                "404",
                "422",
            }
            for method in ("put", "patch")
        },
        ("get", SCHEMA): {"200"},
        ("post", "/api/v1/imports/{type}"): {"202", "401", "403", "404", "409", "422"},
        ("get", "/api/v1/imports/{job}"): {"200", "401", "403", "404"},
        ("post", "/api/v1/imports/{job}/confirm"): {"202", "401", "403", "404", "409"},
        ("get", "/api/v1/imports/{job}/rejects"): {"200", "401", "403", "404"},
    }
    assert [key for key, each in operations.items() if not each.get("security")] == [
        ("get", SCHEMA)
    ]


def test_answers_that_do_not_depend_on_the_endpoint_are_declared_on_all():
    operations = [
        each for path in api.get_openapi_schema()["paths"].values() for each in path.values()
    ]
    for operation in operations:
        shared = {"400"}
        shared |= {"405"} if "path" in {each["in"] for each in operation["parameters"]} else set()
        shared |= {"413"} if "requestBody" in operation else set()
        shared |= {"503"} if "security" in operation else set()
        assert SHARED & {str(status) for status in operation["responses"]} == shared


def test_no_name_of_a_schema_means_two_things(monkeypatch):
    """Else the description has one of them in both places, which ninja doesn't notice."""
    meanings = defaultdict(list)

    def add(self, definitions):
        for name, definition in definitions.items():
            if definition not in meanings[name]:
                meanings[name].append(definition)
        self.schemas.update(definitions)

    monkeypatch.setattr(OpenAPISchema, "add_schema_definitions", add)
    api.get_openapi_schema()
    assert {name for name, meant in meanings.items() if len(meant) > 1} == set()


@pytest.mark.django_db
def test_the_documentation_works_under_our_policy_and_loads_nothing_from_elsewhere(
    live_server, page: Page
):
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(f"{live_server.url}/api/v1/docs")
    assert "script-src 'self';" in answer.headers["content-security-policy"] + ";"
    expect(page.get_by_role("heading", name="Bespoke", exact=False)).to_be_visible()
    summary = page.get_by_text("Private offers that a customer sees")
    summary.click()
    expect(page.get_by_role("button", name="Try it out")).to_be_visible()
    assert complaints == []
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
