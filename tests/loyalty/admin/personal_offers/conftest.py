"""Shared by the tests of personal offers in the back-office."""

import pytest

from tests.loyalty.admin.personal_offers.forms import ALL_SEEN
from tests.pages import staff_with


@pytest.fixture
def client():
    return staff_with(*ALL_SEEN)
