"""Who may ask for prices, and where."""

import pytest

from customers.keys import Scope
from tests.api_keys import key_of
from tests.factories import make_staff
from tests.promotions.factories import make_point_of_sale


@pytest.fixture
def key():
    return key_of(make_staff("promotions.view_discount"), Scope.PURCHASES_CALCULATE)


@pytest.fixture
def till():
    """May do all that is done at tills."""
    staff = make_staff("promotions.view_discount", "loyalty.confirm_purchase")
    return key_of(staff, Scope.PURCHASES_CALCULATE, Scope.PURCHASES_WRITE)


@pytest.fixture
def place():
    return make_point_of_sale(key="P1", time_zone="Europe/Warsaw")


@pytest.fixture
def asking(client):
    staff = make_staff("loyalty.view_personaloffer", "loyalty.answer_personaloffer")
    key = key_of(staff, Scope.PERSONAL_OFFERS_READ, Scope.PERSONAL_OFFERS_WRITE)

    def ask(method, path, headers=None, **options):
        send = getattr(client, method)
        return send(f"/api/v1/customers/{path}", headers=key | (headers or {}), **options)

    return ask
