"""The Cashback tab of a group in a real browser, on a phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import PHONE, sign_in
from tests.factories import make_altshop, make_staff
from tests.loyalty.admin.cashback import group_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_in_a_browser_from_the_group_to_the_preview_and_back(live_server, page: Page):
    make_altshop(is_default=True)
    group, _members = group_of("5", "20")
    sign_in(page.context, make_staff(is_superuser=True), live_server.url)
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/admin/customers/customergroup/{group.pk}/change/")
    page.get_by_role("link", name="Cashback", exact=True).click()
    page.get_by_label("Set the absolute value").check()
    page.get_by_label("Cashback amount").fill("0")
    page.get_by_label("Comment").fill("The year ends")
    page.get_by_role("button", name="See what it would do").click()
    expect(
        page.get_by_text("2 customers who have cashback now will have nothing left.")
    ).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Change").click()
    expect(page.get_by_label("Comment")).to_have_value("The year ends")
