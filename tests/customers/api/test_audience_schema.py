"""The published JSON schema of conditions is the text by which they are taken."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from jsonschema import Draft202012Validator

from customers.audiences.fields import ConditionField, condition_fields
from customers.audiences.tree import parse
from customers.demo.attributes import load_attributes, load_audiences
from customers.models import Audience
from tests.customers.audiences.people import define_fields
from tests.customers.audiences.test_one_meaning import ANY_TIME, trees
from tests.factories import make_attribute, make_group, make_staff
from tests.pages import links, signed_in

ADDRESS = "/api/v1/schemas/audience-conditions.json"
FIELDS = {
    "cars": ConditionField("cars", "Cars", "choices", {"Audi": "Audi"}),
    "birth_date": ConditionField("birth_date", "Birth date", "date"),
}


@pytest.fixture
def published() -> Draft202012Validator:
    answer = Client().get(ADDRESS)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/schema+json")
    schema = answer.json()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.django_db
def test_every_stored_audience_of_the_demo_fits_it(published):
    load_attributes()
    load_audiences()
    stored = dict(Audience.objects.values_list("name", "conditions"))
    assert len(stored) == 8
    assert {name: list(published.iter_errors(each)) for name, each in stored.items()} == {
        name: [] for name in stored
    }


@pytest.mark.django_db
def test_whatever_the_program_takes_fits_it(published):
    define_fields()

    @ANY_TIME
    @given(trees(condition_fields()))
    def fits(tree: Any) -> None:
        assert list(published.iter_errors(tree)) == []

    fits()


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        [],
        {"all": {}},
        {"all": [], "any": []},
        {"not": []},
        {"field": "cars"},
        {"field": 1, "is": "is_empty"},
        {"field": "cars", "is": "is_full"},
        {"field": "cars", "is": "is_empty", "value": 1},
        {"field": "cars", "is": "contains_any"},
        {"field": "cars", "is": "contains_any", "value": []},
        {"field": "birth_date", "is": "month_in", "value": [13]},
        {"field": "birth_date", "is": "age_at_least", "value": -1},
        {"field": "birth_date", "is": "age_between", "value": [18]},
        {"all": [{"not": {"any": [{"field": "birth_date", "is": "month_in", "value": ["may"]}]}}]},
    ],
)
def test_it_refuses_what_the_program_refuses(published, wrong):
    assert not published.is_valid(wrong)
    with pytest.raises(ValidationError):
        parse(wrong, FIELDS)


@pytest.mark.django_db
def test_it_needs_no_key_and_says_nothing_of_the_shop():
    before = Client().get(ADDRESS).content
    make_attribute("secret_tier", "choice", choices=["platinum"])
    make_group(title="Secret club")
    assert Client().get(ADDRESS).content == before


@pytest.mark.django_db
def test_engineers_find_it_in_the_description_of_the_api_and_marketers_in_the_builder():
    described = Client().get("/api/v1/openapi.json").json()["paths"][ADDRESS]["get"]
    assert described["summary"] == "JSON schema of the conditions of an audience"
    client = signed_in(make_staff("customers.view_audience", "customers.add_audience"))
    assert ADDRESS in [url for _, url in links(client.get("/admin/customers/audience/add/"))]
