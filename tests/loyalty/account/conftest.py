import pytest

from tests.factories import make_altshop, make_customer, make_user


@pytest.fixture(autouse=True)
def shop(db):
    make_altshop(name="Corner shop", is_default=True, time_zone="Europe/Warsaw")


@pytest.fixture
def ann():
    return make_customer("ann@example.com", user=make_user("ann@example.com"))


@pytest.fixture
def ben():
    return make_customer("ben@example.com", user=make_user("ben@example.com"))
