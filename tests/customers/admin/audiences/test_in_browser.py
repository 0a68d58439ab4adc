"""The pages of audiences in a real browser: confirming, without scripts, at both widths."""

import re

import pytest
from playwright.sync_api import expect

from customers.models import Audience
from tests.browsers import PHONE, WIDE, sign_in
from tests.customers.admin.audiences.pages import FIGURE, LIST
from tests.factories import make_attribute, make_audience, make_group, make_staff

pytestmark = pytest.mark.django_db(transaction=True)
FEBRUARY = {"field": "birth_date", "is": "month_in", "value": [2]}


def test_a_change_of_what_is_in_use_is_confirmed(staff_page, people, live_server):
    audience = make_audience({"all": [FEBRUARY]}, name="Cakes")
    make_group(title="Cake lovers", type="audience", audience=audience)
    staff_page.goto(f"{live_server.url}{LIST}{audience.pk}/change/")
    staff_page.get_by_role("checkbox", name="Feb").uncheck(force=True)
    staff_page.get_by_role("checkbox", name="Jul").check(force=True)
    staff_page.get_by_role("button", name="Save", exact=True).click()
    expect(staff_page.get_by_role("heading", name="1 customer comes")).to_be_visible()
    expect(staff_page.get_by_role("heading", name="2 customers leave")).to_be_visible()
    expect(staff_page.get_by_text("Cake lovers")).to_be_visible()
    staff_page.get_by_role("button", name="Back to editing").click()
    expect(staff_page.get_by_role("checkbox", name="Jul")).to_be_checked()
    staff_page.get_by_role("button", name="Save", exact=True).click()
    staff_page.get_by_role("button", name="Save the new conditions").click()
    staff_page.wait_for_url(f"**{LIST}")
    audience.refresh_from_db()
    assert audience.conditions["all"][0]["value"] == [7]


def test_without_scripts_the_conditions_are_a_textarea_of_json(new_context, live_server, people):
    staff = make_staff("customers.view_audience", "customers.add_audience")
    context = new_context(java_script_enabled=False)
    sign_in(context, staff, live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}{LIST}add/")
    page.locator("[name=name]").fill("By hand")
    page.locator("[name=conditions]").fill('{"all": [{"field": "gone", "is": "is_empty"}]}')
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("all.0.field")).to_be_visible()
    page.locator("[name=conditions]").fill('{"any": []}')
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(f"**{LIST}")
    assert Audience.objects.get().conditions == {"any": []}


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_no_page_is_wider_than_its_window(staff_page, live_server, size):
    make_attribute("cars", "choices", choices=[f"{n} {'x' * 60}" for n in range(15)])
    cars = {"field": "cars", "is": "contains_any", "value": [f"1 {'x' * 60}"]}
    dates = {"field": "birth_date", "is": "between", "value": ["1990-01-01", "2000-01-01"]}
    deep = {"any": [{"all": [{"any": [FEBRUARY, cars]}, dates]}]}
    audience = make_audience(deep, name="a" * 90, description="b" * 90)
    fixed = make_audience(name="c" * 90)
    staff_page.set_viewport_size(size)
    counted = ("add/", f"{audience.pk}/change/")
    pages = ["", "add/?kind=static", f"{audience.pk}/freeze/"]
    for path in [*counted, *pages, f"{fixed.pk}/change/", f"{fixed.pk}/change/?tab=members"]:
        staff_page.goto(f"{live_server.url}{LIST}{path}")
        if path in counted:
            expect(staff_page.locator(FIGURE)).to_have_text(re.compile(r"\d"))
        assert staff_page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
