"""Systems that send the same customers at once, beside imports that hold all of them."""

import pytest
from django.db import connection, transaction
from django.test import Client

from customers import intake
from customers.keys import Scope
from customers.models import Customer
from tests.api_keys import key_of
from tests.factories import make_staff
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def headers() -> dict[str, str]:
    staff = make_staff("customers.add_customer", "customers.change_customer")
    return key_of(staff, Scope.CUSTOMERS_WRITE)


def post(path: str, body, headers):
    return Client().post(
        f"/api/v1/customers{path}", body, content_type="application/json", headers=headers
    )


def test_the_same_customers_sent_at_once_are_created_once(headers):
    entries = [{"email": f"c{n}@example.com", "external_id": f"C-{n}"} for n in range(50)]
    forwards, backwards = {"customers": entries}, {"customers": entries[::-1]}
    calls = [lambda body=body: post("/batch", body, headers) for body in (forwards, backwards) * 3]
    answers = at_once(*calls)
    assert [answer.status_code for answer in answers] == [200] * 6
    results = [result["result"] for answer in answers for result in answer.json()["results"]]
    assert (results.count("created"), results.count("unchanged")) == (50, 250)
    assert Customer.objects.count() == 50


def test_the_same_idempotency_key_at_once_is_one_request(headers):
    once = {**headers, "Idempotency-Key": "monday"}
    calls = [lambda: post("", {"email": "ann@example.com"}, once)] * 4
    answers = at_once(*calls)
    assert [(answer.status_code, answer.json()["result"]) for answer in answers] == [
        (201, "created")
    ] * 4


def test_while_an_import_holds_all_customers_the_api_asks_to_come_again(headers, monkeypatch):
    monkeypatch.setattr(intake, "LONGEST_WAIT", "50ms")

    def sent():
        return post("", {"email": "ann@example.com"}, headers)

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE customers_customer IN EXCLUSIVE MODE")
        (answer,) = at_once(sent)
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert sent().status_code == 201
