import pytest

from tests.factories import make_altshop, make_customer, make_user
from tests.promotions.factories import make_point_of_sale, make_product


@pytest.fixture(autouse=True)
def shop(db):
    make_altshop(name="Corner shop", is_default=True)
    make_point_of_sale(currency="EUR")


@pytest.fixture
def anna():
    return make_customer(user=make_user())


@pytest.fixture
def goods():
    return [
        make_product(name, price=price)
        for name, price in (("Apples", "2.99"), ("Bread", "4"), ("Cheese", "9.50"))
    ]
