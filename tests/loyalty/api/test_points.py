"""GET /customers/{customer}/points: what can be spent at the till (P8, P15)."""

import pytest
from django.utils import timezone

from loyalty.api_points import PointsOut
from tests.factories import DAY, make_customer
from tests.loyalty.api.receipts import confirm, said
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.purchases.factories import give_points

pytestmark = pytest.mark.django_db


def points(client, key, customer="email:ann@example.com"):
    return client.get(f"/api/v1/customers/{customer}/points", headers=key)


@pytest.fixture
def ann():
    return make_customer("ann@example.com")


def test_what_can_be_spent_and_what_opens_later_P8(client, key, till, place, ann):
    assert points(client, key).json() == {"balance": "0.00", "pending": "0.00"}
    give_points(ann, "7.50")
    now = timezone.now()
    make_personal_offer(preference="points", value=10, start=now - DAY, end=now + DAY)
    confirm(client, till, at=None, customer="email:ann@example.com", points_to_spend="2")
    answer = points(client, key, f"id:{ann.pk}")
    assert answer.json() == {"balance": "5.50", "pending": "1.80"}
    assert PointsOut.model_validate(answer.json()).model_dump() == answer.json()


def test_all_that_it_says_can_be_paid_with_and_no_more_P15(client, key, till, place, ann):
    give_points(ann, "7.50")
    asked = {"customer": "email:ann@example.com"}
    balance = points(client, key).json()["balance"]
    assert said(confirm(client, till, "R1", points_to_spend="7.51", **asked)) == (
        422,
        "points_balance",
    )
    assert confirm(client, till, "R1", points_to_spend=balance, **asked).status_code == 201
    assert points(client, key).json()["balance"] == "0.00"


@pytest.mark.parametrize(
    ("customer", "answer"),
    [
        ("email:nobody@example.com", (404, "unknown_customer")),
        ("email:waits@example.com", (404, "unknown_customer")),
        ("ann@example.com", (422, "customer_address")),
    ],
)
def test_of_nobody_it_says_nothing(client, key, ann, customer, answer):
    make_customer("waits@example.com", is_prospect=True)
    assert said(points(client, key, customer)) == answer


def test_it_takes_four_queries(client, key, ann, django_assert_num_queries):
    give_points(ann, 1)
    points(client, key)
    with django_assert_num_queries(4):
        points(client, key)
