"""A point of sale, a till that asks it, and two customers."""

import pytest

from customers.keys import Scope
from tests.api_keys import key_of
from tests.factories import make_customer, make_staff
from tests.loyalty.must_work.asking import ANN, BOB
from tests.promotions.factories import make_point_of_sale


@pytest.fixture(autouse=True)
def place(transactional_db):
    return make_point_of_sale(key="P1", time_zone="Europe/Warsaw", currency="EUR")


@pytest.fixture
def till(client):
    """Ask what one piece of each costs, or buy it: the sums that the till is told."""
    staff = make_staff("promotions.view_discount", "loyalty.confirm_purchase")
    key = key_of(staff, Scope.PURCHASES_CALCULATE, Scope.PURCHASES_WRITE)

    def send(path, customer, at, *goods, place="P1", **more):
        lines = [
            {"id": str(number), "product": product, "quantity": "1", "unit_price": price}
            for number, (product, price) in enumerate(goods, 1)
        ]
        who = f"email:{customer}" if customer else None
        body = {"customer": who, "point_of_sale": place, "at": at.isoformat(), "lines": lines}
        answer = client.post(path, body | more, content_type="application/json", headers=key)
        assert answer.status_code in (200, 201), answer.content
        return answer.json()

    return send


@pytest.fixture
def two_customers():
    """Both have items of the offers; who is asked about is Ann."""
    return make_customer(ANN), make_customer(BOB)
