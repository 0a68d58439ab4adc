"""Shared by the tests of the back-office of customers."""

import pytest
from django.test import Client

from tests.customers.admin.customer_pages import ALL
from tests.factories import make_staff


@pytest.fixture
def clerk(client: Client, db: None) -> Client:
    client.force_login(make_staff(*ALL))
    return client
