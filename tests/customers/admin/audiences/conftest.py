"""Shared by the tests of the pages of audiences."""

import pytest

from tests.customers.admin.audiences.pages import of_staff


@pytest.fixture
def marketer():
    return of_staff("view", "add", "change", "delete", customers=True)
