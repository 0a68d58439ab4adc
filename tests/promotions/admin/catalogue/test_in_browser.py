"""The pages of the catalogue in a real browser."""

import pytest
from playwright.sync_api import expect

from promotions.admin.catalogue import tree
from promotions.models import Product
from tests.browsers import PHONE, WIDE, staff_at_work
from tests.factories import make_staff, picture_file
from tests.promotions.admin.catalogue.rights import POINTS, VIEW, all_of
from tests.promotions.factories import (
    make_category,
    make_point_of_sale,
    make_product,
    make_product_group,
)

pytestmark = pytest.mark.django_db(transaction=True)
ADMIN = "/admin/promotions"


@pytest.fixture
def staff_page(live_server, page):
    rights = [right for name in ("product", "category", "productgroup") for right in all_of(name)]
    with staff_at_work(page, make_staff(*rights, *POINTS, *VIEW), live_server.url) as working:
        yield working


@pytest.fixture
def cakes():
    food = make_category("Food", external_id="FOOD")
    return make_category("Cakes", external_id="CAKES", parent=food)


def test_a_category_is_found_by_its_name_and_chosen_with_the_keyboard(
    staff_page, live_server, cakes
):
    staff_page.goto(f"{live_server.url}{ADMIN}/product/add/")
    staff_page.locator("[name=name]").fill("Honey cake")
    staff_page.locator("[name=external_id]").fill("CAK-1")
    staff_page.locator("[name=price]").fill("12.50")
    field = staff_page.get_by_label("Category")
    field.press_sequentially("cak")
    expect(staff_page.locator("[role=option]")).to_have_count(1)
    staff_page.keyboard.press("ArrowDown")
    staff_page.keyboard.press("Enter")
    expect(field).to_have_value("CAKES")
    expect(staff_page.locator(".pc-said")).to_have_text("Cakes · Food")
    picture = {"name": "a.png", "mimeType": "image/png", "buffer": picture_file().read()}
    staff_page.locator("input[type=file]").set_input_files(picture)
    staff_page.get_by_role("button", name="Save").click()
    staff_page.wait_for_url(f"{live_server.url}{ADMIN}/product/")
    product = Product.objects.get()
    assert (product.category, bool(product.picture)) == (cakes, True)
    expect(staff_page.locator(".bo-thumbnail")).to_have_js_property("naturalWidth", 64)


def test_a_large_branch_is_fetched_when_it_is_opened(staff_page, live_server, cakes, monkeypatch):
    monkeypatch.setattr(tree, "DRAWN_AT_ONCE", 0)
    make_category("Small cakes", parent=cakes)
    staff_page.goto(f"{live_server.url}{ADMIN}/category/")
    expect(staff_page.get_by_text("Cakes", exact=True)).to_have_count(0)
    staff_page.locator("summary").click(position={"x": 12, "y": 12})
    expect(staff_page.get_by_text("Cakes", exact=True)).to_be_visible()
    staff_page.locator("summary").nth(1).click(position={"x": 12, "y": 12})
    expect(staff_page.get_by_text("Small cakes", exact=True)).to_be_visible()


def test_a_tree_opens_without_javascript(new_context, live_server, cakes):
    context = new_context(java_script_enabled=False)
    page = context.new_page()
    with staff_at_work(page, make_staff(*all_of("category")), live_server.url):
        page.goto(f"{live_server.url}{ADMIN}/category/")
        expect(page.get_by_text("Cakes", exact=True)).to_be_hidden()
        page.locator("summary").click(position={"x": 12, "y": 12})
        expect(page.get_by_text("Cakes", exact=True)).to_be_visible()


def test_products_found_by_name_are_gathered_and_added_to_a_group(staff_page, live_server):
    make_product("Red pencil", external_id="P-1")
    make_product("Blue pencil", external_id="P-2")
    group = make_product_group()
    staff_page.goto(f"{live_server.url}{ADMIN}/productgroup/{group.pk}/products/add/")
    find = staff_page.get_by_label("Find a product")
    for name in ("red", "blue"):
        find.press_sequentially(name)
        expect(staff_page.get_by_role("option")).to_have_count(1)
        staff_page.keyboard.press("Enter")
        expect(find).to_have_value("")
    expect(staff_page.get_by_label("IDs of products")).to_have_value("P-1\nP-2\n")
    staff_page.get_by_role("button", name="Save").click()
    expect(staff_page.get_by_text("2 products added.")).to_be_visible()
    assert group.members.count() == 2


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_no_page_is_wider_than_its_window(staff_page, live_server, size):
    long = "x" * 60
    parent = make_category(f"a{long}", external_id=f"A{long}")
    category = make_category(f"b{long}", external_id=f"B{long}", parent=parent)
    product = make_product(long, external_id=long, category=category, barcodes=["1" * 60])
    group = make_product_group(long, products=[product])
    shop = make_point_of_sale(name=long, key="k" * 50)
    staff_page.set_viewport_size(size)
    for path in (
        *("product/", f"product/{product.pk}/change/", f"product/{product.pk}/delete/"),
        *("category/", f"category/?branch={parent.pk}", "category/?q=b"),
        *(f"category/{parent.pk}/change/", f"category/{parent.pk}/delete/"),
        *("productgroup/", f"productgroup/{group.pk}/change/?tab=products"),
        *(f"productgroup/{group.pk}/products/add/", f"productgroup/{group.pk}/history/"),
        f"productgroup/{group.pk}/products/{product.pk}/remove/",
        *("pointofsale/", f"pointofsale/{shop.pk}/change/", f"pointofsale/{shop.pk}/history/"),
    ):
        staff_page.goto(f"{live_server.url}{ADMIN}/{path}")
        staff_page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert staff_page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
