"""The form in a real browser: picture picker, two lists, preview (T18, T20, T30)."""

import pytest
from playwright.sync_api import expect

from offers.models import Image, PrivateOffer
from tests.browsers import PHONE, WIDE
from tests.factories import make_altshop, make_image, make_offer, picture_file
from tests.offers.admin.forms import ADD
from tests.promotions.factories import make_category, make_product

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def form(staff_page, live_server):
    make_altshop(name="Main", is_default=True)
    make_altshop(name="Outlet")
    make_image("Sofa")
    make_image("Bed")
    staff_page.goto(f"{live_server.url}{ADD}")
    return staff_page


def card(page):
    return page.frame_locator("[data-preview] iframe").locator("li.card")


def test_t18_a_picture_is_picked_from_the_gallery_with_the_keyboard_alone(form):
    button = form.get_by_role("button", name="Picture, Choose a picture")
    button.focus()
    form.keyboard.press("Enter")
    expect(form.get_by_role("dialog", name="Image gallery")).to_be_visible()
    expect(form.get_by_role("searchbox", name="Search by title")).to_be_focused()
    form.keyboard.type("sof")
    expect(form.locator(".bo-gallery button")).to_have_count(1)
    form.get_by_role("button", name="Sofa").focus()
    form.keyboard.press("Enter")
    expect(form.get_by_role("dialog")).to_have_count(0)
    sofa = Image.objects.get(title="Sofa")
    assert form.locator("select[name=picture]").input_value() == str(sofa.pk)
    expect(form.get_by_role("button", name="Picture, Sofa, Change")).to_be_focused()
    expect(card(form).locator("img")).to_have_attribute("src", sofa.file.url)


def test_escape_closes_the_gallery_and_changes_nothing(form):
    form.get_by_role("button", name="Small image, Choose a picture").click()
    expect(form.get_by_role("dialog")).to_be_visible()
    form.keyboard.press("Escape")
    expect(form.get_by_role("dialog")).to_have_count(0)
    expect(form.get_by_role("button", name="Small image, Choose a picture")).to_be_focused()
    assert form.locator("select[name=small_image]").input_value() == ""


def test_t30_a_picture_uploaded_in_the_picker_is_picked_and_stays_in_the_gallery(form):
    form.get_by_role("button", name="Big image, Choose a picture").click()
    form.get_by_label("Upload a new picture").set_input_files(
        {"name": "lamp.png", "mimeType": "image/png", "buffer": picture_file().read()}
    )
    expect(form.get_by_role("button", name="Big image, lamp, Change")).to_be_visible()
    lamp = Image.objects.get(title="lamp")
    assert form.locator("select[name=big_image]").input_value() == str(lamp.pk)


def test_a_wrong_file_in_the_picker_is_refused_in_words(form):
    form.get_by_role("button", name="Big image, Choose a picture").click()
    form.get_by_label("Upload a new picture").set_input_files(
        {"name": "notes.png", "mimeType": "image/png", "buffer": b"no picture"}
    )
    expect(form.get_by_text("notes.png: This is not a picture we can read.")).to_be_visible()
    assert Image.objects.count() == 2


def test_t20_altshops_move_between_available_and_selected(form):
    available, selected = form.locator(".selector-available"), form.locator(".selector-chosen")
    expect(available.locator("label").first).to_have_text("Available")
    expect(selected.locator("label").first).to_have_text("Selected")
    available.get_by_role("listbox").select_option("Outlet")
    form.get_by_role("button", name="Choose selected altshops").click()
    expect(selected.locator("option")).to_have_text(["Outlet"])
    expect(available.locator("option")).to_have_text(["Main"])


def test_the_preview_follows_what_is_typed_and_adds_no_steps_to_the_back_button(form):
    steps = form.evaluate("history.length")
    form.get_by_label("Visible name").fill("Ten <b>percent</b> off")
    expect(card(form).locator("h2")).to_have_text("Ten <b>percent</b> off")
    form.get_by_label("Validity text").fill("All June")
    expect(card(form).locator(".validity")).to_contain_text("All June")
    assert form.evaluate("history.length") == steps
    assert PrivateOffer.objects.count() == 0


def test_the_preview_shows_desktop_and_phone_width(form):
    frame = form.locator("[data-preview] iframe")
    expect(card(form)).to_be_visible()
    assert frame.bounding_box()["width"] == 1100
    form.get_by_role("button", name="Phone").click()
    expect(form.get_by_role("button", name="Phone")).to_have_attribute("aria-pressed", "true")
    assert frame.bounding_box()["width"] == 360


def test_an_offer_is_made_from_nothing_to_the_list(form, live_server):
    form.locator("[name=name]").fill("june-1")
    form.get_by_label("Visible name").fill("June")
    form.get_by_label("Description").fill("Ten percent off.")
    form.get_by_label("Validity text").fill("All June")
    for label in ("Picture", "Small image", "Medium image", "Big image"):
        form.get_by_role("button", name=f"{label}, Choose a picture").click()
        form.get_by_role("dialog").get_by_role("button", name="Sofa").click()
    form.locator("[name=type]").select_option("Only online")
    form.get_by_role("button", name="Choose all altshops").click()
    form.get_by_label("Start date").fill("2026-06-01T00:00")
    form.get_by_label("End date").fill("2026-07-01T00:00")
    form.get_by_label("Link type").select_option("Custom view")
    form.get_by_label("Object ID").fill("42")
    form.get_by_role("button", name="Save").click()
    form.wait_for_url(f"{live_server.url}/admin/offers/privateoffer/")
    offer = PrivateOffer.objects.get()
    assert (offer.name, offer.type, offer.altshops.count()) == ("june-1", "online", 2)


def test_t29_the_object_is_found_by_its_name_and_told(form):
    cakes = make_category("Cakes")
    product = make_product("Honey cake", category=cakes, barcodes=["5900000000008"])
    make_product("Honey")
    lookup = form.locator("[data-lookup]")
    said, options = lookup.get_by_role("status"), lookup.get_by_role("option")
    form.get_by_label("Link type").select_option("Product")
    field = form.get_by_label("Object ID")
    field.press_sequentially("honey cak")
    options.filter(has_text="Honey cake").click()
    expect(field).to_have_value(str(product.pk))
    expect(said).to_have_text("Honey cake · Cakes")
    field.fill("")
    field.press_sequentially("59000")
    expect(options).to_have_count(1)
    form.keyboard.press("ArrowDown")
    form.keyboard.press("Enter")
    expect(field).to_have_value(str(product.pk))
    # The same number means something else, or nothing, to another link type.
    form.get_by_label("Link type").select_option("Category (tag)")
    expect(said).to_have_text("Cakes" if cakes.pk == product.pk else "")
    form.get_by_label("Link type").select_option("Custom view")
    expect(said).to_have_text("")


def test_t31_cancel_leaves_no_trace(form, live_server):
    form.locator("[name=name]").fill("june-1")
    # Leaving what was typed is asked about by the browser.
    form.on("dialog", lambda dialog: dialog.accept())
    form.get_by_role("link", name="Cancel").click()
    form.wait_for_url(f"{live_server.url}/admin/offers/privateoffer/")
    assert PrivateOffer.objects.count() == 0


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("path", ["", "{pk}/change/", "{pk}/history/", "{pk}/delete/"])
def test_no_page_is_wider_than_its_window(staff_page, live_server, size, path):
    offer = make_offer(name="a" * 60, visible_name="b" * 60, link=f"https://a.b/{'c' * 200}")
    staff_page.set_viewport_size(size)
    staff_page.goto(f"{live_server.url}/admin/offers/privateoffer/{path.format(pk=offer.pk)}")
    assert staff_page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_entries_are_shown_as_soon_as_chosen(staff_page, live_server):
    picture = make_image()
    for _ in range(12):
        make_offer(image=picture)
    staff_page.goto(f"{live_server.url}/admin/offers/privateoffer/")
    staff_page.get_by_label("Show", exact=True).select_option("25")
    expect(staff_page.get_by_text("Showing 1 to 12 of 12 entries")).to_be_visible()
