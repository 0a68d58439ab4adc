"""Shared by the tests of the Cashback tabs."""

import pytest
from django.test import Client

from tests.factories import make_staff
from tests.loyalty.admin.cashback import MAY


@pytest.fixture
def marketer(client: Client) -> Client:
    client.force_login(make_staff(*MAY))
    return client
