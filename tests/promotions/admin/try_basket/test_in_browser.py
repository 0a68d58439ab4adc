"""The tried basket in a browser: priced while it is filled, and without a script, too."""

import re

import pytest
from playwright.sync_api import expect

from tests.browsers import PHONE, staff_at_work
from tests.factories import make_customer, make_staff
from tests.promotions.admin.try_basket.tried_baskets import MAY
from tests.promotions.factories import make_discount, make_point_of_sale, make_product

pytestmark = pytest.mark.django_db(transaction=True)
PATH = "/admin/try-a-basket/"


@pytest.fixture
def shop():
    tea = make_product("Green tea", external_id="TEA", price="4.00")
    make_product("Coffee", external_id="COFFEE", price="9.00")
    make_discount(name="Half of tea", end="2100-01-01T00:00Z").items.create(product=tea)
    make_customer("ann@example.com", first_name="Ann", last_name="Kowal")
    return make_point_of_sale(key="P1", name="Main street")


@pytest.fixture
def tried(shop, live_server, page):
    with staff_at_work(page, make_staff(*MAY), live_server.url) as signed_in_page:
        signed_in_page.goto(f"{live_server.url}{PATH}")
        yield signed_in_page


def to_pay(page):
    return page.locator(".tb-to-pay dd")


def test_a_product_is_found_by_name_and_priced_at_once(tried):
    tried.get_by_label("Product").first.press_sequentially("green")
    tried.get_by_role("option", name="Green tea").wait_for()
    tried.keyboard.press("ArrowDown")
    tried.keyboard.press("Enter")
    expect(to_pay(tried)).to_have_text("2.00\u00a0EUR")
    expect(tried.locator("[data-about]").first).to_contain_text("Green tea")
    expect(tried.get_by_label("Quantity").first).to_be_focused()
    tried.keyboard.type("3")
    expect(to_pay(tried)).to_have_text("6.00\u00a0EUR")
    assert tried.url.endswith(f"{PATH}?point_of_sale=P1&line=TEA~3~")


def test_a_customer_is_found_by_name_and_stands_in_the_address_by_number(tried):
    tried.get_by_label("Customer").press_sequentially("kowal")
    tried.get_by_role("option", name="Ann Kowal").click()
    expect(tried.get_by_role("link", name="Ann Kowal")).to_be_visible()
    assert re.search(r"customer=\d+$", tried.url)


def test_lines_are_removed_and_added(tried, live_server):
    tried.goto(f"{live_server.url}{PATH}?line=TEA~1~&line=COFFEE~1~")
    expect(to_pay(tried)).to_have_text("11.00\u00a0EUR")
    tried.get_by_role("button", name="Remove this line").first.click()
    expect(to_pay(tried)).to_have_text("9.00\u00a0EUR")
    rows = tried.locator("[data-row]")
    before = rows.count()
    tried.get_by_role("button", name="Add rows").click()
    expect(rows).to_have_count(before + 1)
    tried.get_by_role("button", name="Empty the basket").click()
    expect(tried.get_by_role("heading", name="Put something into the basket")).to_be_visible()


def test_a_wrong_line_is_marked_where_it_stands(tried):
    tried.get_by_label("Product").first.fill("nothing like it")
    expect(tried.locator(".tb-error")).to_contain_text("No product has this ID")
    tried.get_by_label("Price").first.fill("2.50")
    expect(to_pay(tried)).to_have_text("2.50\u00a0EUR")
    expect(tried.locator(".tb-error")).to_have_count(0)


def test_it_works_without_a_script(shop, live_server, new_context, page):
    with staff_at_work(page, make_staff(*MAY), live_server.url):
        cookies = page.context.cookies()
    plain = new_context(java_script_enabled=False)
    plain.add_cookies(cookies)
    page = plain.new_page()
    page.goto(f"{live_server.url}{PATH}")
    page.get_by_label("Product").first.fill("green")
    page.get_by_role("button", name="Price it").click()
    expect(to_pay(page)).to_have_text("2.00\u00a0EUR")
    page.get_by_role("button", name="Add rows").click()
    expect(page.locator("[data-row]")).to_have_count(7)
    page.get_by_text("Paste a basket").first.click()
    page.get_by_role("textbox", name="Paste a basket").fill("COFFEE 2")
    page.get_by_role("button", name="Take it over").click()
    expect(to_pay(page)).to_have_text("18.00\u00a0EUR")


def test_nothing_is_cut_off_on_a_phone(tried, live_server):
    tried.set_viewport_size(PHONE)
    tried.goto(f"{live_server.url}{PATH}?line=TEA~1~&line=COFFEE~1.5~12345.67")
    expect(to_pay(tried)).to_be_visible()
    width = "document.documentElement.scrollWidth"
    assert tried.evaluate(width) <= PHONE["width"]
