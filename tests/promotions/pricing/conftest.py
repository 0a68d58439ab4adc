"""A point of sale."""

import pytest

from tests.promotions.factories import make_point_of_sale


@pytest.fixture
def place():
    return make_point_of_sale()
