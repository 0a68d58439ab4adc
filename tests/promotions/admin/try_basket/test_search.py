"""Products and customers that are looked up while typing."""

import pytest

from tests.factories import make_customer
from tests.promotions.admin.try_basket.tried_baskets import TRY
from tests.promotions.factories import make_product

pytestmark = pytest.mark.django_db


def test_products_are_found_by_name_with_their_price(client, tea):
    make_product("Coffee")
    found = client.post(f"{TRY}products/", {"q": "green"}).json()["found"]
    assert found == [
        {"value": "TEA", "name": "Green tea", "note": "TEA · 4.00", "picture": "", "price": "4.00"}
    ]
    assert client.post(f"{TRY}products/", {"q": " \0"}).json() == {"found": []}
    assert client.get(f"{TRY}products/?q=green").status_code == 405


def test_customers_are_found_by_name(client):
    ann = make_customer("ann@example.com", first_name="Ann", last_name="Kowal")
    make_customer("bob@example.com")
    found = client.post(f"{TRY}customers/", {"q": "kowal"}).json()["found"]
    assert found == [
        {"value": str(ann.pk), "name": "Ann Kowal", "note": f"id:{ann.pk} · ann@example.com"}
    ]
