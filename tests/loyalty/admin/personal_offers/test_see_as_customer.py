"""See it as the customer: their personal offers at a moment of choice, read-only, on record."""

import html

import pytest
from django.contrib.admin.models import LogEntry
from playwright.sync_api import expect

from loyalty.models import OfferAnswer
from tests.browsers import staff_at_work
from tests.factories import (
    DAY,
    NOON,
    make_altshop,
    make_customer,
    make_offer,
    make_staff,
    make_user,
)
from tests.loyalty.account.pages import pills, states, titles
from tests.loyalty.admin.personal_offers.forms import (
    LIST,
    VIEW,
    give,
    make_personal_offer,
    said,
    url,
)
from tests.offers.admin.customers_view import address as private_offers_of
from tests.pages import links, signed_in, staff_with, text
from tests.promotions.factories import make_product

pytestmark = pytest.mark.django_db
SEE = "offers.see_as_customer"
CHOOSE = f"{LIST}see-as-customer/"


def address(customer, shop, at):
    return f"{CHOOSE}{customer.pk}/{shop.key}/{at:%Y-%m-%dT%H:%M:%SZ}/"


def announced(**fields):
    return make_personal_offer(**{"channels": ["account"], **fields})


@pytest.fixture
def shop():
    return make_altshop(key="main", name="Main", time_zone="Europe/Warsaw", is_default=True)


@pytest.fixture
def ann():
    return make_customer("ann@example.com", first_name="Ann")


@pytest.fixture
def client():
    return staff_with(SEE, VIEW)


def test_l1_the_customer_s_offers_at_that_moment_with_their_answers_and_no_others(
    client, shop, ann
):
    ben, bag = make_customer("ben@example.com"), make_product("Bag")
    asked = announced(title="Ann’s bag", mechanic="products", value=5, needs_acceptance=True)
    give(ann, asked, [bag.pk])
    said(ann, asked, True, bag.pk)
    give(ben, announced(title="Ben’s bag", mechanic="products", value=5), [bag.pk])
    announced(title="Asks", needs_acceptance=True)
    announced(title="Later", start=NOON + 5 * DAY, end=NOON + 6 * DAY)
    announced(title="Off", is_active=False)
    announced(title="Elsewhere", channels=["till"])
    page = client.get(address(ann, shop, NOON))
    assert states(page) == {"Ann’s bag": "Accepted", "Asks": "Waits for your answer"}
    assert pills(page) == ["All 2", "Waiting 1", "Accepted 1"]
    waiting = client.get(f"{address(ann, shop, NOON)}?state=pending")
    assert titles(waiting) == ["Asks"]
    assert titles(client.get(address(ann, shop, NOON + 5 * DAY))) == ["Later"]
    assert titles(client.get(address(ben, shop, NOON))) == ["Ben’s bag", "Asks"]


def test_the_page_is_marked_and_nothing_on_it_can_be_sent(client, shop, ann):
    for _ in range(25):
        announced(needs_acceptance=True)
    page = client.get(address(ann, shop, NOON))
    body = page.content.decode()
    assert "You see this page as Ann." in text(body)
    assert "Altshop Main, 2026-06-15 14:00:00 (Europe/Warsaw). Read-only." in text(body)
    assert "<form" not in body
    assert body.count("<fieldset") == body.count('<fieldset class="answers" disabled>') == 24
    policy = page.headers["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; ") if " " in rule)
    assert (rules["sandbox"], rules["form-action"]) == ("allow-same-origin", "'none'")
    assert client.post(address(ann, shop, NOON), {"accept": "all"}).status_code == 404
    assert OfferAnswer.objects.count() == 0


def test_no_link_leads_to_the_looker_s_own_account(client, shop, ann):
    for state in ("", "?state=accepted"):
        body = client.get(f"{address(ann, shop, NOON)}{state}").content.decode()
        assert 'href="/account' not in body
        announced()


def test_each_look_is_on_record(client, shop, ann):
    client.get(address(ann, shop, NOON))
    look = LogEntry.objects.get()
    assert (look.object_id, look.change_message) == (
        str(ann.pk),
        "Saw the account page as this customer: Main, 2026-06-15 12:00:00 UTC",
    )
    assert f"id:{ann.pk}" in client.get(CHOOSE).content.decode()


def test_both_pages_lead_to_each_other_for_whoever_may_see_both(client, shop, ann):
    mine, private = address(ann, shop, NOON), private_offers_of(ann, shop, NOON)
    for page in (mine, private):
        tabs = [pair for pair in links(client.get(page)) if pair[0] in ("Offers", "For you")]
        assert tabs == [("Offers", private), ("For you", mine)]
    body = staff_with(SEE).get(private).content.decode()
    assert mine not in html.unescape(body)


def test_the_form_of_an_offer_and_the_customer_s_page_lead_there(shop, ann):
    offer = announced()
    client = staff_with(SEE, VIEW, "customers.view_customer", "promotions.PersonalizedPromotions")
    assert ("See as customer", CHOOSE) in links(client.get(url(offer)))
    tab = client.get(f"/admin/customers/customer/{ann.pk}/change/?tab=loyalty")
    assert ("See as customer", f"{CHOOSE}?customer={ann.pk}") in links(tab)
    chosen = {"customer": "ann@example.com", "altshop": shop.pk, "at": "2026-06-15T14:00"}
    assert client.get(CHOOSE, chosen).headers["Location"] == address(ann, shop, NOON)
    lesser = staff_with(VIEW, "customers.view_customer")
    for page in (url(offer), f"/admin/customers/customer/{ann.pk}/change/?tab=loyalty"):
        assert CHOOSE not in lesser.get(page).content.decode()


@pytest.mark.parametrize("held", [[SEE], [VIEW], []])
def test_either_permission_alone_is_not_enough(shop, ann, held):
    client = staff_with(*held, "customers.view_customer")
    assert client.get(CHOOSE).status_code == 403
    assert client.get(address(ann, shop, NOON)).status_code == 403
    assert LogEntry.objects.count() == 0


def test_customers_are_sent_away(shop, ann):
    response = signed_in(make_user()).get(address(ann, shop, NOON))
    assert (response.status_code, LogEntry.objects.count()) == (302, 0)


@pytest.mark.parametrize("at", ["yesterday", "2026-06-15T12:00:00", "0001-01-01T00:00:00+14:00"])
def test_moments_that_are_none_are_not_found(client, shop, ann, at):
    assert client.get(f"{CHOOSE}{ann.pk}/{shop.key}/{at}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_staff_look_around_and_cannot_answer(page, live_server, shop, ann):
    announced(title="Happy birthday", needs_acceptance=True)
    make_offer(visible_name="Free delivery", is_public=True, altshops=[shop])
    with staff_at_work(page, make_staff(SEE, VIEW), live_server.url) as seen:
        seen.goto(f"{live_server.url}{address(ann, shop, NOON)}")
        expect(seen.get_by_role("button", name="Accept Happy birthday")).to_be_disabled()
        seen.get_by_role("link", name="Offers", exact=True).click()
        expect(seen.get_by_role("heading", name="Free delivery")).to_be_visible()
        seen.get_by_role("link", name="For you").click()
        expect(seen.get_by_role("heading", name="Happy birthday")).to_be_visible()
