"""The API's own pages: its description, and its documentation from our own server alone."""

import pytest
from playwright.sync_api import Page, expect

SCHEMA = "/api/v1/schemas/audience-conditions.json"


def test_every_endpoint_declares_its_answers_and_all_but_the_schema_need_a_key(client):
    schema = client.get("/api/v1/openapi.json").json()
    assert schema["info"]["title"] == "Bespoke"
    operations = {
        (method, path): operation
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    }
    assert {key: set(operation["responses"]) for key, operation in operations.items()} == {
        ("get", "/api/v1/customers/{customer}/private-offers"): {"200", "401", "403", "404", "422"},
        ("get", "/api/v1/attributes"): {"200", "401", "403"},
        ("get", "/api/v1/customers"): {"200", "401", "403", "422"},
        ("post", "/api/v1/customers"): {"200", "201", "401", "403", "409", "422", "503"},
        ("post", "/api/v1/customers/batch"): {"200", "401", "403", "409", "422", "503"},
        ("get", "/api/v1/customers/{customer}"): {"200", "401", "403", "404", "422"},
        ("patch", "/api/v1/customers/{customer}"): {
            "200",
            "401",
            "403",
            "404",
            "409",
            "422",
            "503",
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
        ("post", "/api/v1/purchases/calculate"): {"200", "401", "403", "404", "422"},
        ("get", SCHEMA): {"200"},
        ("post", "/api/v1/imports/{type}"): {"202", "401", "403", "404", "409", "422"},
        ("get", "/api/v1/imports/{job}"): {"200", "401", "403", "404"},
        ("post", "/api/v1/imports/{job}/confirm"): {"202", "401", "403", "404", "409"},
        ("get", "/api/v1/imports/{job}/rejects"): {"200", "401", "403", "404"},
    }
    assert [key for key, each in operations.items() if not each.get("security")] == [
        ("get", SCHEMA)
    ]


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
