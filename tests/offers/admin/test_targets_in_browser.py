"""Groups and audiences in a real browser: searching, counting, and none for public offers (T26)."""

import pytest
from playwright.sync_api import expect

from tests.browsers import PHONE
from tests.factories import make_altshop, make_audience, make_customer, make_group
from tests.offers.admin.forms import ADD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def form(staff_page, live_server):
    make_altshop(is_default=True)
    for month in range(1, 8):
        condition = {"field": "birth_date", "is": "month_in", "value": [month]}
        make_audience(condition, name=f"Month {month}")
    make_audience({"all": []}, name="Everybody")
    make_group(title="Staff")
    for _ in range(3):
        make_customer()
    staff_page.goto(f"{live_server.url}{ADD}")
    return staff_page


def audiences(form):
    return form.get_by_role("group", name="Find an audience")


def test_an_audience_is_found_by_its_name_or_words_and_ticked_by_keyboard(form):
    find = audiences(form).get_by_role("searchbox", name="Find an audience")
    find.focus()
    form.keyboard.type("is in march")
    expect(audiences(form).locator("li:visible")).to_have_count(1)
    form.keyboard.press("Enter")  # saves nothing
    form.keyboard.press("Tab")
    form.keyboard.press("Space")
    expect(form.get_by_role("checkbox", name="Month 3")).to_be_checked()
    expect(audiences(form).get_by_role("status")).to_have_text("Chosen: 1 / 8")
    find.fill("nothing like it")
    expect(audiences(form).get_by_role("status")).to_have_text("Nothing has these words.")


def test_who_is_reached_is_counted_when_asked_and_forgotten_when_ticks_change(form):
    form.get_by_role("checkbox", name="Everybody").check()
    form.get_by_role("button", name="Count who sees it").click()
    answer = form.locator("[data-answer]")
    expect(answer).to_have_text("3 people: 0 by e-mail, 3 more in these groups and audiences")
    form.get_by_role("checkbox", name="Staff").check()
    expect(answer).to_have_text("")
    assert form.url.endswith(ADD)


def test_a_public_offer_takes_no_ticks_and_the_page_says_why_T26(form):
    box = form.get_by_role("checkbox", name="Everybody")
    box.check()
    form.get_by_role("checkbox", name="Is public?").check()
    expect(box).to_be_disabled()
    expect(form.get_by_text("The offer is to be public: everybody sees it")).to_be_visible()
    form.get_by_role("checkbox", name="Is public?").uncheck()
    expect(box).to_be_enabled()
    expect(box).to_be_checked()


def test_nothing_sticks_out_on_a_phone(form):
    form.set_viewport_size(PHONE)
    assert form.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
