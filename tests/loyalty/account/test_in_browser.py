"""The account's offers and purchases in a real browser: by keyboard, on a phone."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from loyalty.models import OfferAnswer
from loyalty.personal.items import Item
from tests.browsers import PHONE, WIDE, sign_in
from tests.factories import DAY
from tests.loyalty.account.cashback import give
from tests.loyalty.account.pages import OFFERS, PURCHASES, offer_now
from tests.loyalty.factories import Mechanic, give_items
from tests.loyalty.purchases.factories import make_purchase
from tests.promotions.factories import make_product

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Aheadingthatislongandhasnospaceatallinit" * 2


@pytest.fixture
def phone(live_server, page: Page, ann):
    sign_in(page.context, ann.user, live_server.url)
    page.set_viewport_size(PHONE)
    return page


def test_l15_an_offer_is_accepted_by_keyboard_on_a_phone(phone, live_server, ann):
    for number in range(5):
        offer_now(title=f"Counts {number}")
    offer = offer_now(title="Your September bags", needs_acceptance=True)
    phone.goto(f"{live_server.url}{OFFERS}")
    accept = phone.get_by_role("button", name="Accept Your September bags", exact=True)
    accept.focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("status")).to_have_text("You accepted “Your September bags”.")
    card = phone.get_by_role("listitem", name="Your September bags")
    expect(card).to_be_focused()
    expect(card).to_be_in_viewport()
    expect(phone.get_by_role("status")).to_be_in_viewport()
    phone.keyboard.press("Tab")
    expect(phone.get_by_role("button", name="Decline Your September bags")).to_be_focused()
    assert OfferAnswer.objects.get().offer_id == offer.pk


def test_the_other_items_unfold_by_keyboard_and_answer(phone, live_server, ann):
    offer = offer_now(Mechanic.PRODUCTS, title="Nine", value=5, needs_acceptance=True)
    products = [make_product(f"Product {number}") for number in range(9)]
    give_items(offer, ann, *[Item(each.pk) for each in products])
    phone.goto(f"{live_server.url}{OFFERS}")
    last = phone.get_by_role("button", name="Accept Product 8 of Nine", exact=True)
    expect(last).to_be_hidden()
    phone.get_by_text("Show 3 more").focus()
    phone.keyboard.press("Enter")
    last.press("Enter")
    expect(phone.get_by_role("status")).to_have_text("You accepted a product of “Nine”.")
    line = phone.get_by_role("listitem", name="Product 8", exact=True)
    expect(line).to_be_focused()
    expect(line).to_be_in_viewport()
    phone.keyboard.press("Tab")
    expect(phone.get_by_role("button", name="Decline Product 8 of Nine")).to_be_focused()
    assert OfferAnswer.objects.get().item == products[8].pk


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "desk"])
def test_nothing_is_wider_than_the_screen_and_each_page_has_one_heading(
    phone, live_server, ann, size
):
    phone.set_viewport_size(size)
    offer = offer_now(Mechanic.PRODUCTS, title=LONG, text=LONG, value=5, needs_acceptance=True)
    give_items(offer, ann, Item(make_product(LONG).pk), Item(make_product().pk, value=9))
    purchase = make_purchase(("X" * 64, "1.345", "99999.99"), customer=ann, receipt="R" * 64)
    for address in (OFFERS, PURCHASES, f"{PURCHASES}{purchase.public_id}/"):
        phone.goto(f"{live_server.url}{address}")
        assert phone.evaluate("document.documentElement.scrollWidth") == size["width"]
        expect(phone.get_by_role("heading", level=1)).to_have_count(1)


CUT = """
    [...document.querySelectorAll("main button")].filter(button => {
        const card = button.closest("li.card, main")
        return button.getBoundingClientRect().right > card.getBoundingClientRect().right
    }).map(button => button.textContent)
"""


def test_with_letters_twice_as_large_nothing_is_cut_off(phone, live_server, ann):
    offer = offer_now(Mechanic.PRODUCTS, title="Bags", value=5, needs_acceptance=True)
    give_items(offer, ann, *[Item(make_product(name).pk) for name in ("Bag", "Purse")])
    give(ann, "1234.56", "Welcome", expires_at=timezone.now() + 300 * DAY)
    phone.goto(f"{live_server.url}{OFFERS}")
    phone.get_by_role("button", name="Polski").click()
    for address in (OFFERS, PURCHASES, "/account/cashback/"):
        phone.goto(f"{live_server.url}{address}")
        phone.evaluate("document.documentElement.style.fontSize = '200%'")
        assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert phone.evaluate(CUT) == []


def test_where_colours_are_the_readers_own_the_current_tab_stands_out(phone, live_server):
    phone.emulate_media(forced_colors="active")
    phone.goto(f"{live_server.url}{OFFERS}")
    lines = {
        link.inner_text(): link.evaluate("it => getComputedStyle(it).borderBottomColor")
        for link in phone.locator(".tabs a").all()
    }
    current = lines.pop("For you")
    assert current not in lines.values()


def test_from_the_tabs_to_a_receipt_and_back(phone, live_server, ann):
    make_purchase(customer=ann, receipt="R1")
    phone.goto(f"{live_server.url}/account/offers/")
    phone.get_by_role("link", name="Purchases", exact=True).click()
    phone.get_by_role("link", name="receipt R1").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Purchase R1")
    phone.get_by_role("link", name="All purchases").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Your purchases")
    expect(phone.get_by_role("link", name="Purchases", exact=True)).to_have_attribute(
        "aria-current", "page"
    )
