"""Shared by the tests of attributes."""

import pytest

from customers.attributes.fields import Field, defined
from tests.customers.attributes.every_type import TYPES
from tests.factories import make_attribute


@pytest.fixture
def fields() -> dict[str, Field]:
    for key, (type_, choices) in TYPES.items():
        make_attribute(key, type_, choices=choices)
    return defined()
