"""The columns of customers' files follow the attributes that staff defined."""

import csv
import io

import pytest

from customers.models import AttributeDefinition
from imports import exports
from imports.registry import importable
from imports.terminal import describe_types
from tests.customers.import_runs import HEADER, run
from tests.factories import make_attribute, make_customer
from tests.imports.import_jobs import IMPORT, text
from tests.imports.runs import counts
from tests.pages import staff_with

IDENTITY = HEADER.strip().split(",")


@pytest.fixture
def attributes(db) -> None:
    make_attribute("cars", "choices", choices=["Audi", "Fiat"])
    make_attribute("city", label="Home town")


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode())))


def exported() -> list[list[str]]:
    record = exports.begin(type="customers", format="csv", user=None)
    return rows_of(b"".join(exports.chunks(record)))


def test_the_list_of_types_names_a_column_a_key(attributes):
    shown = describe_types(kind for kind in importable() if kind.slug == "customers")
    columns = [f"[{name}]" for name in (*IDENTITY, "cars", "city")]
    assert shown.splitlines()[-1].strip() == ", ".join(columns)


def test_the_import_page_explains_them_and_shows_an_example(attributes):
    page = text(staff_with("customers.import_customers").get(IMPORT))
    assert "<code>cars</code></th><td>optional</td><td>Cars: Of these, separated by |:" in page
    assert (
        "<code>city</code></th><td>optional</td><td>Home town: Up to 100 characters.</td>" in page
    )
    assert page.count('<td lang="en">Audi|Fiat</td>') == 1


@pytest.mark.django_db(transaction=True)
def test_the_example_is_a_file_that_can_be_imported(attributes):
    client = staff_with("customers.import_customers")
    example = client.get("/admin/imports/job/example/customers.csv").content
    assert rows_of(example)[0] == [*IDENTITY, "cars", "city"]
    assert rows_of(example)[1][-2:] == ["Audi|Fiat", "Abc"]
    assert counts(run(example)) == {"created": 2}


def test_the_export_has_them_in_the_same_order(attributes):
    make_customer("ann@example.com", external_id="C-1", city="Hel", cars=["Fiat"], gender="male")
    assert exported() == [
        [*IDENTITY, "cars", "city"],
        ["C-1", "ann@example.com", "", "", "", "", "Fiat", "Hel"],
    ]
    AttributeDefinition.objects.get(key="city").delete()
    assert exported()[0] == [*IDENTITY, "cars"]


def test_without_attributes_there_is_none(db):
    assert exported() == [IDENTITY]
