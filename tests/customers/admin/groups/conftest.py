"""Shared by the tests of the pages of customer groups."""

import pytest

from tests.customers.admin.groups.pages import ALL
from tests.factories import make_staff
from tests.pages import signed_in


@pytest.fixture
def marketer():
    return signed_in(make_staff(*ALL))
