"""A marketer makes personal offers in a real browser (L2, L8, L9)."""

import pytest
from playwright.sync_api import expect

from loyalty.models import PersonalOffer
from tests.browsers import PHONE, staff_at_work
from tests.factories import make_audience, make_image, make_staff
from tests.loyalty.admin.personal_offers.forms import ADD, ALL_SEEN, LIST, make_personal_offer, url
from tests.promotions.factories import make_point_of_sale, make_product

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def form(live_server, page):
    make_point_of_sale(name="Sovetsky", time_zone="Europe/Warsaw")
    make_product("Birthday cake")
    make_audience({"all": []}, name="Born in February")
    make_image("Cakes")
    staff = make_staff(*ALL_SEEN, "offers.view_image")
    with staff_at_work(page, staff, live_server.url) as signed_in:
        signed_in.goto(f"{live_server.url}{ADD}")
        yield signed_in


def test_what_does_not_count_for_the_mechanic_is_hidden(form):
    whom, goods = form.get_by_text("Whom it is for"), form.get_by_text("On which products")
    naming, scope = form.get_by_text("How uploaded items name"), form.get_by_text("counted on")
    receipt = form.locator('input[name="scope"][value="receipt"]')
    shown = {
        "Target audience": (True, True, False, True, True),
        "Products of each customer": (False, False, True, True, False),
        "Receipt amounts of each customer": (False, False, False, False, False),
    }
    for mechanic, wanted in shown.items():
        form.get_by_role("radio", name=mechanic).check()
        found = tuple(each.is_visible() for each in (whom, goods, naming, scope, receipt))
        assert found == wanted, mechanic


def test_what_has_the_focus_is_above_the_buttons_at_the_bottom(form):
    """Wherever the Tab key leads."""
    form.locator('[name="name"]').focus()
    buttons = form.locator("#submit-row").bounding_box()["y"]
    for _ in range(15):
        form.keyboard.press("Tab")
        bottom = form.evaluate("document.activeElement.getBoundingClientRect().bottom")
        assert bottom <= buttons


def test_l7_l8_an_offer_is_made_with_its_sentence_and_its_card(form):
    form.get_by_label("Name", exact=False).first.fill("february")
    form.get_by_role("radio", name="Groups and audiences").check()
    form.get_by_role("checkbox", name="Born in February").check()
    form.get_by_role("spinbutton", name="Size").fill("30")
    form.get_by_role("radio", name="Chosen products").check()
    find = form.get_by_role("combobox", name="Find a product, category or product group")
    find.press_sequentially("cake")
    expect(form.locator("[role=option]")).to_have_count(1)
    find.press("Enter")
    form.get_by_label("Start date").fill("2030-02-01T00:00")
    form.get_by_label("End date").fill("2030-03-01T00:00")
    form.get_by_label("Title").first.fill("Your birthday cake")
    form.get_by_role("button", name="Picture, Choose a picture").click()
    form.get_by_role("button", name="Cakes").click()
    form.get_by_text("In Polish").click()
    form.locator('[name="title_pl"]').fill("Twój tort")
    expect(form.locator("[data-sentence]")).to_have_text(
        "30% off each unit of Birthday cake; for audience Born in February."
    )
    card = form.frame_locator('iframe[name="offer-preview"]')
    expect(card.get_by_role("heading", name="Your birthday cake")).to_be_visible()
    expect(card.get_by_role("heading", name="Twój tort")).to_be_visible()
    expect(card.locator("img")).to_have_count(2)
    form.get_by_role("button", name="Picture, Remove").click()
    expect(card.locator("img")).to_have_count(0)
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.get_by_text("was added successfully")).to_be_visible()
    offer = PersonalOffer.objects.get()
    assert (offer.title, offer.value, offer.picture) == ("Your birthday cake", 30, None)
    assert [text.title for text in offer.texts.all()] == ["Twój tort"]


def test_no_page_is_wider_than_a_phone(form, live_server):
    offer = make_personal_offer(
        name="very-long-name-of-an-offer-" * 4, mechanic="products", needs_acceptance=True
    )
    form.set_viewport_size(PHONE)
    for page in (LIST, ADD, url(offer), f"{url(offer)}?tab=items", url(offer, "history")):
        form.goto(f"{live_server.url}{page}")
        width = form.evaluate("document.documentElement.scrollWidth")
        assert (page, width) == (page, PHONE["width"])
