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
def place():
    return make_point_of_sale(key="P1", time_zone="Europe/Warsaw")
