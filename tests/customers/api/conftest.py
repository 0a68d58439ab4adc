"""Shared by the tests of the API of customers."""

import pytest

from tests.api_keys import key_of
from tests.customers.api.requests import BOTH, RIGHTS
from tests.factories import make_attribute, make_staff


@pytest.fixture
def attributes(db: None) -> None:
    make_attribute("district")
    make_attribute("size", "number")
    make_attribute("accepts_marketing", "yes_no")
    make_attribute("cars", "choices", choices=["Audi", "Fiat"])


@pytest.fixture
def key(attributes: None) -> dict[str, str]:
    return key_of(make_staff(*RIGHTS, "customers.view_attributedefinition"), *BOTH)
