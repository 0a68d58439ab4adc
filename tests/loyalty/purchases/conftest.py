"""Shared by the tests of purchases."""

import pytest

from tests.factories import make_customer
from tests.promotions.factories import make_discount, make_point_of_sale, make_product


@pytest.fixture
def place():
    return make_point_of_sale()


@pytest.fixture
def shop(transactional_db):
    """Two customers, two products and two points of sale; everything is half price at tills."""
    make_point_of_sale(key="P1", time_zone="Europe/Warsaw", currency="PLN")
    make_point_of_sale(key="P2", currency="JPY")
    make_customer("ann@example.com", phone="48600100200", external_id="C-1")
    make_customer("bob@example.com", external_id="C-2")
    make_customer("waits@example.com", is_prospect=True)
    make_product("Green tea", external_id="TEA")
    make_product("Milk", external_id="MILK", barcodes=["5901234123457"])
    make_discount(everything=True, value=50)
