"""Shared by the tests of the pages of audiences."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browsers import staff_at_work
from tests.customers.admin.audiences.pages import FIGURE, LIST, of_staff
from tests.factories import make_attribute, make_customer, make_staff


@pytest.fixture
def marketer():
    return of_staff("view", "add", "change", "delete", customers=True)


@pytest.fixture
def staff_page(live_server, page):
    """A browser signed in as a marketer; errors of scripts fail the test."""
    names = [f"{verb}_audience" for verb in ("view", "add", "change")]
    staff = make_staff(*(f"customers.{name}" for name in [*names, "view_customer"]))
    with staff_at_work(page, staff, live_server.url) as signed_in_page:
        yield signed_in_page


@pytest.fixture
def people():
    """Two born in February, one with a child of a few months and one with a child of ten."""
    today = timezone.localdate()
    make_attribute("children_birth_dates", "dates", label="Children's birth dates")
    for month in (2, 2, 7):
        make_customer(birth_date=dt.date(1990, month, 14))
    for days in (90, 3650):
        make_customer(children_birth_dates=[today - dt.timedelta(days=days)])


@pytest.fixture
def new(staff_page, people, live_server):
    staff_page.goto(f"{live_server.url}{LIST}add/")
    expect(staff_page.locator(FIGURE)).to_have_text("5")
    return staff_page
