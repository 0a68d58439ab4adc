"""A marketer builds discounts in a real browser (E13–E21)."""

import re

import pytest
from playwright.sync_api import expect

from promotions.models import Discount, Product
from tests.browsers import PHONE, sign_in, staff_at_work
from tests.factories import make_audience, make_customer, make_staff
from tests.promotions.admin.discounts.forms import ADD, ALL_SEEN
from tests.promotions.factories import (
    make_category,
    make_list,
    make_personalized_promotion,
    make_point_of_sale,
    make_product,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def form(live_server, page):
    """The form of a new discount, where there is something to choose from."""
    make_point_of_sale(name="Sovetsky supermarket", time_zone="Europe/Warsaw")
    make_point_of_sale(name="Web shop", channel="online")
    for name in ("Shampoo", "Shampoo for children", "Soap"):
        make_product(name)
    make_category("Cosmetics")
    promotion = make_personalized_promotion(name="Five favourites", max_products=5)
    make_list(promotion, make_customer(), [make_product("Honey"), make_product("Tea")])
    make_audience({"all": []}, name="Car owners")
    with staff_at_work(page, make_staff(*ALL_SEEN), live_server.url) as signed_in:
        signed_in.goto(f"{live_server.url}{ADD}")
        yield signed_in


def pick(card, letters, label):
    find = card.get_by_role("combobox", name="Find a product, category or product group")
    find.press_sequentially(letters)
    card.get_by_role("option", name=re.compile(label)).click()


def test_e13_to_e20_buy_two_of_these_get_one_of_your_five_products_at_half_price(form):
    form.get_by_label("Name", exact=False).first.fill("Half price for your own")
    form.get_by_label("Start date").fill("2030-06-01T00:00")
    form.get_by_label("End date").fill("2030-07-01T00:00")
    form.get_by_role("checkbox", name="Sovetsky supermarket").check()
    form.get_by_role("checkbox", name="Car owners").check()
    form.get_by_label("Value").fill("50")
    form.get_by_role("radio", name="Product sets").check()
    expect(form.get_by_text("Units a receipt")).to_be_hidden()

    form.get_by_role("button", name="Add product set").click()
    bought = form.locator("[data-card]:visible").first
    bought.get_by_label("Name of product set").fill("Two of these")
    pick(bought, "shamp", "Shampoo Product")
    bought.get_by_label("Required amount of products").fill("2")
    expect(bought.get_by_label("This many products get the discount")).to_be_hidden()

    form.get_by_role("button", name="Add personalized promotion").click()
    own = form.locator("[data-card]:visible").nth(1)
    own.get_by_label("Name of product set").fill("Your own")
    own.get_by_role("combobox", name="Personalized promotion").select_option("Five favourites")
    expect(own.get_by_role("checkbox", name="This product set gets the discount")).to_be_checked()
    expect(own.get_by_label("This many products get the discount")).to_have_value("1")

    form.get_by_role("button", name="Days and hours").click()
    times = form.locator("[data-card]:visible").nth(2)
    for day in ("Mon", "Tue", "Wed", "Thu", "Fri"):
        times.get_by_role("checkbox", name=day).check()
    times.get_by_label("From").fill("09:00")
    times.get_by_label("To", exact=True).fill("12:00")

    expect(form.locator("[data-sentence]")).to_have_text(
        "Buy 2 of Shampoo, get 1 of the customer's own choice from “Five favourites” at 50% off;"
        " in Sovetsky supermarket; Mon–Fri 9:00–12:00; once a receipt; for audience Car owners."
    )
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.get_by_text("was added successfully")).to_be_visible()
    discount = Discount.objects.get()
    assert [s.name for s in discount.product_sets.all()] == ["Two of these", "Your own"]
    assert [c.days for c in discount.conditions.all()] == [[0, 1, 2, 3, 4]]
    expect(form.get_by_role("link", name="Half price for your own").first).to_be_visible()
    expect(form.locator(".bo-status")).to_contain_text("Scheduled")


def test_e20_cards_are_moved_and_taken_away(form):
    form.get_by_role("radio", name="Product sets").check()
    for name in ("First", "Second", "Third"):
        form.get_by_role("button", name="Add product set").click()
        form.locator("[data-card]:visible").last.get_by_label("Name of product set").fill(name)
    cards = form.locator("[data-card]:visible")
    cards.nth(2).get_by_role("button", name="Move up").click()
    cards.nth(0).get_by_role("button", name="Remove").click()
    names = [card.get_by_label("Name of product set").input_value() for card in cards.all()]
    assert names == ["Third", "Second"]
    expect(cards.nth(0).get_by_role("button", name="Move up")).to_be_disabled()


def test_things_are_picked_by_keyboard_and_pasted(form):
    form.get_by_role("radio", name="Chosen products").check()
    action = form.locator(".pr-on-products")
    find = action.get_by_role("combobox")
    find.press_sequentially("soap")
    expect(action.get_by_role("option")).to_have_count(1)
    find.press("Enter")
    expect(action.locator("[data-chips] li")).to_have_count(1)
    find.press_sequentially("cosm")
    expect(action.get_by_role("option")).to_have_count(1)
    find.press("Enter")
    expect(form.locator("[data-sentence]")).to_have_text(
        "… off each unit of Soap or category Cosmetics."
    )
    find.press("Backspace")
    expect(action.locator("[data-chips] li")).to_have_count(1)


def test_a_long_list_is_pasted_in_addresses_that_servers_take(form):
    rows = [
        Product(external_id=f"a-long-sku-{number:028}", name=f"Thing {number}", price=1)
        for number in range(120)
    ]
    Product.objects.bulk_create(rows)
    asked = []
    form.on("request", lambda request: asked.append(len(request.url)))
    form.get_by_role("radio", name="Chosen products").check()
    action = form.locator(".pr-on-products")
    pasted = "\n".join([*(row.external_id for row in rows), "unheard-of"])
    action.get_by_role("combobox").evaluate(
        """(input, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text", text);
            input.dispatchEvent(new ClipboardEvent("paste", { clipboardData }));
        }""",
        pasted,
    )
    expect(action.locator("[data-chips] li")).to_have_count(120)
    expect(action.get_by_role("status")).to_have_text("1 not in the catalogue")
    assert max(asked) < 4094


def test_e22_how_conditions_combine_is_asked_when_there_are_two(form):
    asked = form.get_by_role("group", name="Which of them must hold")
    form.get_by_role("button", name="Order amount").click()
    expect(asked).to_be_hidden()
    form.get_by_role("button", name="Days and hours").click()
    expect(asked).to_be_visible()
    form.locator("[data-card]:visible").first.get_by_role("button", name="Remove").click()
    expect(asked).to_be_hidden()


def test_nothing_sticks_out_on_a_phone(form):
    form.set_viewport_size(PHONE)
    form.get_by_role("radio", name="Product sets").check()
    form.get_by_role("button", name="Add personalized promotion").click()
    form.get_by_role("button", name="Days and hours").click()
    assert form.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_without_javascript_there_are_empty_cards_to_fill_in(new_context, live_server):
    product = make_product("Milk", external_id="milk")
    context = new_context(java_script_enabled=False)
    sign_in(context, make_staff(*ALL_SEEN), live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}{ADD}")
    page.locator("[name=name]").fill("Second one free")
    page.locator("[name=start]").fill("2030-06-01T00:00")
    page.locator("[name=end]").fill("2030-07-01T00:00")
    page.locator("[name=value]").fill("100")
    page.get_by_role("radio", name="Product sets").check()
    card = page.locator("[data-card]:visible").first
    card.get_by_label("Name of product set").fill("Milk")
    card.locator("[name=sets-0-goods]").fill("milk")
    card.get_by_label("Required amount of products").fill("2")
    card.get_by_role("checkbox", name="This product set gets the discount").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    (part,) = Discount.objects.get().product_sets.all()
    assert (part.required, part.discounted, part.items.get().product) == (2, 1, product)
