"""A shop that sells tea, and who may try baskets there."""

import pytest

from tests.factories import make_audience, make_customer, make_member
from tests.pages import staff_with
from tests.promotions.admin.try_basket.tried_baskets import MAY
from tests.promotions.factories import make_discount, make_point_of_sale, make_product


@pytest.fixture
def shop():
    return make_point_of_sale(key="P1", name="Main street")


@pytest.fixture
def tea():
    return make_product("Green tea", external_id="TEA", price="4.00", barcodes=["5900000000017"])


@pytest.fixture
def client():
    return staff_with(*MAY)


@pytest.fixture
def for_owners():
    """An offer for owners, of whom Cleo is one and Ann is none."""
    owners = make_audience(name="Car owners")
    make_member(owners, make_customer(first_name="Cleo"))
    offer = make_discount(name="Car care", everything=True)
    offer.items.create(audience=owners)
    return owners
