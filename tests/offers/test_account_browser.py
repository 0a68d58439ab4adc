"""The account page in a real browser: on phones and desktops, by keyboard, without JavaScript."""

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.factories import DAY, make_altshop, make_customer, make_offer, make_user

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Sonderangebotsverlängerungswochenende" * 3


@pytest.fixture
def offers():
    shop = make_altshop(name="Harbour Market", is_default=True)
    now = timezone.now()
    return [
        make_offer(
            altshops=[shop],
            is_public=True,
            start=now - DAY,
            end=now + DAY,
            type=kind,
            link="/offer",
            **texts,
        )
        for kind, texts in (
            ("online", {"visible_name": "Short"}),
            ("retail", {"visible_name": LONG, "description": LONG, "validity_text": LONG}),
            ("retail", {"visible_name": "Third"}),
        )
    ]


@pytest.fixture
def visit(new_context, live_server, offers):
    """Opens the page. In the end, the browser must have had nothing to complain about (CSP!)."""
    complaints = []
    client = Client()
    client.force_login(make_customer(user=make_user()).user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}

    def check(response):
        if response.status >= 400 or not response.url.startswith(live_server.url):
            complaints.append(f"{response.status} {response.url}")

    def visit(*, width: int, **options) -> Page:
        viewport = {"width": width, "height": 740}
        context = new_context(viewport=viewport, **options)
        context.add_cookies([{**cookie, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("response", check)
        page.goto(f"{live_server.url}/account/offers/")
        return page

    yield visit
    assert complaints == []


def columns(page: Page) -> int:
    lefts = [card.bounding_box()["x"] for card in page.locator(".card").all()]
    return len(set(lefts))


@pytest.mark.parametrize(("width", "expected"), [(320, 1), (360, 1), (683, 2), (1366, 3)])
def test_cards_stand_side_by_side_where_there_is_room_and_nothing_sticks_out_T35(
    visit, width, expected
):
    """683 pixels are a desktop's 1366 at 200 % zoom; 320 is what WCAG asks to reflow to."""
    page = visit(width=width)
    assert columns(page) == expected
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_everything_is_there_without_javascript_T35(visit, offers):
    page = visit(width=360, java_script_enabled=False)
    names = [offer.visible_name for offer in offers]
    assert page.locator(".card h2").all_inner_texts() == names
    page.get_by_role("link", name="Only online").click()
    assert page.locator(".card h2").all_inner_texts() == names[:1]
    page.get_by_role("button", name="Polski").click()
    assert page.locator("html").get_attribute("lang") == "pl"
    assert page.url.endswith("/account/offers/?type=online")


def test_the_keyboard_skips_to_the_offers_and_shows_where_it_is(visit):
    page = visit(width=1366)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Skip to content"
    expect(page.locator(".skip")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.inner_text().split() == ["All", "3"]
    assert focused.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"


def test_screen_readers_find_landmarks_headings_and_named_links(visit, offers):
    page = visit(width=1366)
    assert page.get_by_role("main").count() == page.get_by_role("banner").count() == 1
    names = [nav.get_attribute("aria-label") for nav in page.get_by_role("navigation").all()]
    assert names == ["Your account", "Filter by type"]
    assert page.get_by_role("heading", level=1).all_inner_texts() == ["Your offers"]
    assert page.get_by_role("heading", level=2).count() == len(offers)
    for offer in offers:
        assert page.get_by_role("link", name=offer.visible_name, exact=True).count() == 1


def test_what_can_be_tapped_is_large_enough_on_a_phone_T35(visit):
    page = visit(width=360)
    sizes = {
        control.inner_text(): control.bounding_box()
        for control in page.locator("header :is(a, button), nav a").all()
        if "skip" not in (control.get_attribute("class") or "")
    }
    assert {name: box for name, box in sizes.items() if min(box["width"], box["height"]) < 36} == {}


def test_pictures_are_loaded_and_keep_their_shape_T18(visit):
    page = visit(width=1366)
    # Not wait_for_function, whose second try our policy of scripts forbids.
    for image in page.locator("img").all():
        expect(image).not_to_have_js_property("naturalWidth", 0)
    fits = page.locator(".card img").evaluate_all(
        "all => all.map(i => getComputedStyle(i).objectFit)"
    )
    assert set(fits) == {"contain"}


def test_nothing_moves_for_who_asked_for_less_motion(visit):
    page = visit(width=1366, reduced_motion="reduce")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')]"
        ".filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length"
    )
    assert moving == 0
