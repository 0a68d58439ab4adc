"""The cards beside the form are the account's own, drawn of what is filled in (L8)."""

import html
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from loyalty.models import PersonalOffer
from tests.browsers import sign_in, staff_at_work
from tests.factories import DAY, make_altshop, make_customer, make_image, make_staff, make_user
from tests.loyalty.account.pages import OFFERS, plain
from tests.loyalty.admin.personal_offers.forms import (
    ALL_SEEN,
    LIST,
    VIEW,
    aim,
    entries,
    make_personal_offer,
    url,
)
from tests.pages import signed_in, staff_with
from tests.promotions.factories import (
    make_category,
    make_point_of_sale,
    make_product,
    make_product_group,
)

ZONE = "Europe/Warsaw"
pytestmark = pytest.mark.django_db


def card_in(body):
    """The only card's markup, whether it can be answered to or not."""
    card = body.split('<li class="card', 1)[1].rpartition("</div>\n</li>")[0]
    card = re.sub(r'"(offer|title|state)-(?:\d+|en)"', r'"\1"', card)
    card = re.sub(
        r'<form( class="answers")? [^>]*>(<input [^>]*>)?', r"<fieldset\1 disabled>", card
    )
    return card.replace("</form>", "</fieldset>")


def offer_now(**fields):
    start = timezone.now().replace(microsecond=0) - DAY
    given = {"channels": ["account"], "time_zone": ZONE, "start": start, "end": start + 9 * DAY}
    return make_personal_offer(**given | fields)


def frame_of(body):
    return html.unescape(re.search(r'<iframe [^>]*srcdoc="([^"]*)"', body)[1])


def previewed(client, **changed):
    body = client.post(f"{LIST}preview/", entries(**changed)).content.decode()
    return body, plain(body.partition("<main>")[2])


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"text": "One <line>\n\nand another", "validity_text": "While it lasts"},
        {"preference": "points", "method": "amount", "value": 500, "scope": "receipt"},
        {"needs_acceptance": True, "most_a_week": 2, "days": [0, 5]},
        {"everything": False, "quantity": 3, "units": 1},
    ],
)
def test_l8_the_card_is_that_of_the_account(client, fields):
    make_altshop(is_default=True, time_zone=ZONE)
    make_point_of_sale()
    offer = offer_now(**fields, picture=make_image())
    if not offer.everything:
        aim(offer, product=make_product("Birthday cake"))
        aim(offer, point_of_sale=make_point_of_sale(name="High Street"))
    ann = make_customer("ann@example.com", user=make_user("ann@example.com"))
    seen = signed_in(ann.user).get(OFFERS).content.decode()
    assert card_in(frame_of(client.get(url(offer)).content.decode())) == card_in(seen)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"mechanic": "products"}, "−30% Counts for you Happy birthday Bag Purse"),
        (
            {"mechanic": "products", "value": "", "needs_acceptance": "on"},
            "Up to −20% Waits for your answer Happy birthday Bag −10% Waits for your answer"
            " Accept Decline Purse −20% Waits for your answer Accept Decline",
        ),
        ({"mechanic": "categories"}, "−30% Counts for you Happy birthday Bags"),
        ({"mechanic": "product_groups"}, "−30% Counts for you Happy birthday All for School"),
        (
            {"mechanic": "receipt_amount", "value": "", "currency": "EUR"},
            "Up to −20% Counts for you Happy birthday from 1,000 EUR: −10% from 3,000 EUR: −20%",
        ),
        (
            {"mechanic": "receipt_amount", "value": "", "currency": "EUR", "method": "amount"},
            "Up to 400 EUR off Counts for you Happy birthday"
            " from 1,000 EUR: 100 EUR off from 3,000 EUR: 400 EUR off",
        ),
    ],
)
def test_in_place_of_items_there_are_examples_that_are_called_so(client, changed, said):
    make_product("Bag", category=make_category("Bags"))
    make_product("Purse")
    make_product_group("All for School")
    _body, words = previewed(client, **changed)
    example = "An example: sizes, dates and what it is about are each customer’s own."
    assert words.startswith(f"{example} {said} ")


def test_what_is_not_filled_in_yet_is_missing_or_an_ellipsis(client):
    wrong = {"value": "", "start": "", "end": "?", "mechanic": "", "goods": "none", "method": "x"}
    _body, words = previewed(client, **wrong, title="", quantity="many", time_zone="")
    assert words == "Counts for you [Title] On everything Valid: …"
    _body, words = previewed(client, mechanic="products")
    assert words.endswith("Happy birthday Valid: Until June 30, 2030")


def test_each_language_that_is_written_has_its_card_in_its_words(client):
    changed = {"title_pl": "Sto lat", "text": "On <cakes>", "needs_acceptance": "on"}
    body, _words = previewed(client, **changed)
    sections = re.findall(r"<section.*?</section>", body, re.DOTALL)
    english, polish = (plain(section) for section in sections)
    assert english.startswith("English −30% Waits for your answer Happy birthday On <cakes>")
    assert polish.startswith("Polish −30% ")
    assert "Sto lat On <cakes>" in polish
    assert "Zaakceptuj" in polish
    assert "Accept" not in polish
    ids = re.findall(r' id="([^"]+)"', body)
    assert len(ids) == len(set(ids))
    assert PersonalOffer.objects.count() == 0


def test_an_offer_that_the_account_does_not_announce_is_said_to_be_so(client):
    said = "The account doesn’t show it:"
    assert said in previewed(client, channels=["till"])[1]
    assert said not in previewed(client)[1]


def test_who_may_only_look_sees_the_saved_card_and_nothing_of_it_can_be_sent():
    offer = make_personal_offer(title="Happy birthday", needs_acceptance=True)
    body = staff_with(VIEW).get(url(offer)).content.decode()
    frame = frame_of(body)
    assert "Happy birthday" in frame
    assert "<form" not in frame
    assert "formtarget" not in body


@pytest.fixture
def marketer():
    return make_staff(*ALL_SEEN)


@pytest.mark.django_db(transaction=True)
def test_the_card_follows_the_form_and_looks_as_in_the_account(page, live_server, marketer):
    make_altshop(is_default=True, time_zone=ZONE)
    make_product("Bag")
    offer = offer_now(title="Happy birthday")
    with staff_at_work(page, marketer, live_server.url) as form:
        form.goto(f"{live_server.url}{url(offer)}")
        card = form.frame_locator('iframe[name="offer-preview"]').locator(".card")
        expect(card.get_by_role("heading", name="Happy birthday")).to_be_visible()
        form.get_by_label("Title").first.fill("Sto lat")
        expect(card.get_by_role("heading", name="Sto lat")).to_be_visible()
        form.get_by_role("spinbutton", name="Size").fill("45")
        expect(card.locator(".size")).to_have_text("−45%")
        form.get_by_text("Customers have to accept it first").click()
        expect(card.get_by_role("button", name="Accept Sto lat")).to_be_disabled()
        form.get_by_role("radio", name="Products of each customer").check()
        expect(card.locator(".lines li")).to_have_count(1)
        styles = form.evaluate("[...document.styleSheets].map(each => each.href ?? '')")
        assert [each for each in styles if "account" in each] == []
        shown = look(card)
    ann = make_customer("ann@example.com", user=make_user("ann@example.com"))
    sign_in(page.context, ann.user, live_server.url)
    page.goto(f"{live_server.url}{OFFERS}")
    assert look(page.locator(".card")) == shown


def look(card):
    """How it is drawn: what the style sheets made of it."""
    names = ["borderRadius", "backgroundColor", "boxShadow", "fontFamily", "fontSize"]
    drawn = "(each, names) => names.map(name => getComputedStyle(each)[name])"
    parts = (card, card.locator("h2"), card.locator(".size"), card.locator(".validity"))
    return [part.evaluate(drawn, names) for part in parts]


@pytest.mark.django_db(transaction=True)
def test_without_scripts_what_is_saved_is_shown_and_what_is_entered_on_demand(
    new_context, live_server, marketer
):
    offer = offer_now(title="Happy birthday")
    with new_context(java_script_enabled=False) as context:
        sign_in(context, marketer, live_server.url)
        form = context.new_page()
        form.goto(f"{live_server.url}{url(offer)}")
        card = form.frame_locator('iframe[name="offer-preview"]').locator(".card")
        expect(card.get_by_role("heading", name="Happy birthday")).to_be_visible()
        form.get_by_label("Title").first.fill("Sto lat")
        form.get_by_role("button", name="Update the preview").click()
        expect(card.get_by_role("heading", name="Sto lat")).to_be_visible()
    assert PersonalOffer.objects.get().title == "Happy birthday"
