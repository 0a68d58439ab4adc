"""Up to a thousand customers in one request, each with its own result."""

import pytest

from customers.models import Customer
from tests.customers.api.requests import PATH, send, told
from tests.factories import make_customer

pytestmark = pytest.mark.django_db


def test_each_of_a_batch_has_its_own_result(client, key):
    known = make_customer("bob@example.com", external_id="C-2", first_name="Bob")
    make_customer("eve@example.com", external_id="C-3")
    entries = [
        {"external_id": "C-1", "attributes": {"size": 38}},
        {"external_id": "C-2", "last_name": "Lee"},
        {"external_id": "C-1", "attributes": {"size": 38}},
        {"external_id": "C-1", "attributes": {"size": 40}},
        {"email": "bob@example.com", "external_id": "C-9"},
        {"external_id": "C-2", "email": "eve@example.com"},
        {"email": "nobody"},
        {"emial": "typo@example.com"},
        "no object",
        {"external_id": "C-3"},
    ]
    answer = send(client, key, "post", "/batch", {"customers": entries})
    results = answer.json()["results"]
    created = Customer.objects.get(external_id="C-1")
    assert [(r["result"], r["id"] or r["code"]) for r in results] == [
        ("created", created.pk),
        ("updated", known.pk),
        ("created", created.pk),
        ("refused", "repeated"),
        ("refused", "other_customer"),
        ("refused", "different_customers"),
        ("refused", "invalid"),
        ("refused", "malformed"),
        ("refused", "malformed"),
        ("unchanged", Customer.objects.get(external_id="C-3").pk),
    ]
    known.refresh_from_db()
    assert (known.first_name, known.last_name, created.attributes) == ("Bob", "Lee", {"size": 38})


@pytest.mark.parametrize("number", [2, 1000])
def test_a_batch_takes_the_same_queries_however_long(
    client, key, django_assert_num_queries, number
):
    make_customer("c0@example.com")
    entries = [{"email": f"c{n}@example.com", "attributes": {"size": n}} for n in range(number)]
    client.get(PATH, headers=key)
    with django_assert_num_queries(13):
        answer = send(client, key, "post", "/batch", {"customers": entries})
    assert {r["result"] for r in answer.json()["results"]} == {"created", "updated"}
    assert Customer.objects.count() == number


def test_a_batch_has_limits(client, key):
    for entries in ([], [{"email": f"c{n}@example.com"} for n in range(1001)]):
        answer = send(client, key, "post", "/batch", {"customers": entries})
        assert told(answer) == (422, "malformed")
    assert not Customer.objects.exists()
