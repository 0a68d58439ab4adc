"""Customers and the definitions of their attributes are listed and searched."""

import pytest

from customers.models import Customer
from tests.customers.api.requests import PATH, told
from tests.factories import make_customer

pytestmark = pytest.mark.django_db


def test_customers_are_listed_page_by_page_without_prospects(client, key):
    ids = [make_customer(first_name="Ann", last_name=f"Lee{n}").pk for n in range(3)]
    Customer.objects.create(email="waits@example.com", is_prospect=True)
    seen: list[list[int]] = []
    after = 0
    while after is not None:
        page = client.get(PATH, {"after": after, "limit": 2}, headers=key).json()
        seen.append([item["id"] for item in page["items"]])
        after = page["next"]
    assert seen == [ids[:2], ids[2:]]


def test_a_search_is_that_of_the_back_office(client, key):
    ann = make_customer("ann@example.com", first_name="Ann", last_name="Kowalska")
    make_customer("bob@example.com", last_name="Kowalski")
    Customer.objects.create(email="kowalska@example.com", is_prospect=True)

    def found(**query: object) -> list[int]:
        answer = client.get(PATH, query, headers=key)
        return [item["id"] for item in answer.json()["items"]]

    assert found(search="kowalska ann") == [ann.pk]
    assert found(search="kowalska ann", after=ann.pk) == []
    for query, code in (({"search": "an"}, "search_short"), ({"limit": 101}, "malformed")):
        assert told(client.get(PATH, query, headers=key)) == (422, code)


def test_definitions_are_read(client, key):
    answer = client.get("/api/v1/attributes", headers=key).json()
    assert answer["items"][1] == {
        "key": "cars",
        "label": "Cars",
        "type": "choices",
        "choices": ["Audi", "Fiat"],
    }


@pytest.mark.parametrize("number", [1, 3])
def test_reading_takes_the_same_queries(client, key, django_assert_num_queries, number):
    for _ in range(number):
        make_customer()
    client.get(PATH, headers=key)
    # The key, customers, definitions.
    with django_assert_num_queries(3):
        assert len(client.get(PATH, headers=key).json()["items"]) == number
