"""What describes a field of the back-office can be found by those who can't see where it stands."""

import re

import pytest

from tests.factories import make_customer, make_staff
from tests.pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return signed_in(make_staff(is_superuser=True))


def dangling(response):
    """What fields say describes or labels them, and isn't on the page."""
    page = response.content.decode()
    named = re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', page)
    assert named
    return {each for names in named for each in names.split() if f'id="{each}"' not in page}


@pytest.mark.parametrize(
    "address",
    [
        "/admin/loyalty/programme/1/change/",
        "/admin/loyalty/personaloffer/add/",
        "/admin/receipts/",
        "/admin/receipts/?customer=nobody@example.com",
        "/admin/imports/job/add/",
    ],
)
def test_help_and_errors_are_where_the_fields_say(admin, address):
    assert dangling(admin.get(address)) == set()


def test_so_are_those_of_the_forms_that_the_theme_draws(admin):
    ann = make_customer("ann@example.com")
    assert dangling(admin.get(f"/admin/customers/customer/{ann.pk}/change/")) == set()


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/admin/loyalty/programme/1/change/", {"share": "101"}),
        ("/admin/loyalty/personaloffer/add/", {}),
        ("/admin/imports/job/add/", {"type": "categories"}),
    ],
)
def test_so_are_errors(admin, address, sent):
    assert dangling(admin.post(address, sent)) == set()
