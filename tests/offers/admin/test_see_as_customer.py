"""See it as the customer: their account page at a moment of choice, read-only and on record."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry

from offers.assignment import assign
from tests.factories import (
    DAY,
    NOON,
    make_altshop,
    make_customer,
    make_offer,
    make_staff,
    make_user,
)
from tests.offers.admin.customers_view import CHOOSE, address, shown
from tests.offers.admin.forms import shown_value
from tests.pages import page_text, signed_in, text

pytestmark = pytest.mark.django_db
LOGGER = "offers.admin.see_as_customer"


@pytest.fixture
def shop():
    return make_altshop(key="main", name="Main", time_zone="Europe/Warsaw", is_default=True)


@pytest.fixture
def ann():
    return make_customer("ann@example.com", first_name="Ann", phone="48500100200")


@pytest.fixture
def staff():
    return make_staff("offers.see_as_customer")


@pytest.fixture
def client(staff):
    return signed_in(staff)


def test_t27_the_customer_s_offers_in_that_altshop_at_that_moment_and_no_others(client, shop, ann):
    bob, elsewhere = make_customer("bob@example.com"), make_altshop()
    mine = make_offer(visible_name="Mine", altshops=[shop], sort_order=2)
    theirs = make_offer(visible_name="Bob's", altshops=[shop], sort_order=3)
    there = make_offer(visible_name="Elsewhere", altshops=[elsewhere])
    later = make_offer(
        visible_name="Later", altshops=[shop], start=NOON + 5 * DAY, end=NOON + 6 * DAY
    )
    make_offer(visible_name="Public", altshops=[shop], is_public=True, sort_order=1)
    make_offer(visible_name="Off", altshops=[shop], is_public=True, is_active=False)
    for offer in (mine, there, later):
        assign(offer=offer, customers=[ann])
    assign(offer=theirs, customers=[bob])
    assert shown(client.get(address(ann, shop, NOON))) == ["Public", "Mine"]
    assert shown(client.get(address(ann, shop, NOON + 5 * DAY))) == ["Later"]
    assert shown(client.get(address(ann, elsewhere, NOON))) == ["Elsewhere"]
    assert shown(client.get(address(bob, shop, NOON))) == ["Public", "Bob's"]


def test_the_page_is_marked_and_nothing_on_it_can_be_sent(client, shop, ann):
    page = client.get(address(ann, shop, NOON))
    body = page.content.decode()
    assert "You see this page as Ann." in text(body)
    assert "Altshop Main, 2026-06-15 14:00:00 (Europe/Warsaw). Read-only." in text(body)
    assert "<form" not in body
    policy = page.headers["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; ") if " " in rule)
    assert rules["sandbox"] == "allow-same-origin"
    assert rules["form-action"] == "'none'"


def test_the_page_answers_to_reading_only(client, shop, ann):
    assert client.post(address(ann, shop, NOON)).status_code == 404


def test_each_look_is_on_record_without_personal_data_in_the_log(client, staff, shop, ann, caplog):
    client.get(address(ann, shop, NOON))
    (event,) = [record.msg for record in caplog.records if record.name == LOGGER]
    assert event == {
        "event": "seen_as_customer",
        "level": "info",
        "logger": LOGGER,
        "request_id": event["request_id"],
        "timestamp": event["timestamp"],
        "user_id": staff.pk,
        "staff": staff.pk,
        "customer": ann.pk,
        "altshop": shop.pk,
        "moment": "2026-06-15T12:00:00+00:00",
    }
    look = LogEntry.objects.get()
    assert (look.user, look.object_id, look.object_repr, look.change_message) == (
        staff,
        str(ann.pk),
        f"id:{ann.pk}",
        "Saw the account page as this customer: Main, 2026-06-15 12:00:00 UTC",
    )
    assert f"· id:{ann.pk} Saw the account page" in page_text(client.get(CHOOSE))


@pytest.mark.parametrize(
    "asked",
    ["ann@example.com", " ANN@Example.com ", "email:ann@example.com", "phone:+48 500 100 200"],
)
def test_a_customer_is_found_by_what_is_known(client, shop, ann, asked):
    chosen = {"customer": asked, "altshop": shop.pk, "at": "2026-06-15T14:00"}
    response = client.get(CHOOSE, chosen)
    assert response.headers["Location"] == address(ann, shop, NOON)


def test_a_customer_is_found_by_number(client, shop, ann):
    for asked in (str(ann.pk), f"id:{ann.pk}"):
        response = client.get(
            CHOOSE, {"customer": asked, "altshop": shop.pk, "at": "2026-06-15T14:00"}
        )
        assert response.headers["Location"] == address(ann, shop, NOON)


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ("nobody@example.com", "There is no such customer."),
        ("999999999", "There is no such customer."),
        ("ann", "Write an e-mail address or the number of a customer."),
        ("secret:1", "Write an e-mail address or the number of a customer."),
        ("9" * 30, "Write an e-mail address or the number of a customer."),
        ("a@b@", "not an e-mail address"),
        ("", "This field is required."),
    ],
)
def test_an_unknown_customer_is_an_error_beside_the_field(client, shop, asked, error):
    page = client.get(CHOOSE, {"customer": asked, "altshop": shop.pk, "at": "2026-06-15T14:00"})
    assert page.context["form"].errors == {"customer": [error]}


def test_from_an_offer_that_is_over_the_moment_is_one_when_it_was_shown(client, shop):
    offer = make_offer(
        altshops=[shop],
        start=dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
        end=dt.datetime(2020, 2, 1, tzinfo=dt.UTC),
    )
    page = client.get(CHOOSE, {"offer": offer.pk})
    assert shown_value(page, "at") == "2020-01-01T01:00:00"  # in Warsaw
    assert page.context["form"]["altshop"].value() == shop.pk


def test_from_a_customer_the_field_is_filled_in(client, ann):
    form = client.get(CHOOSE, {"customer": f"id:{ann.pk}"}).context["form"]
    assert (form["customer"].value(), form.is_bound) == (f"id:{ann.pk}", False)


@pytest.mark.parametrize(
    "at",
    [
        "yesterday",
        "2026-06-15T12:00:00",
        "2026-99-99T12:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
    ],
)
def test_moments_that_are_none_are_not_found(client, shop, ann, at):
    assert client.get(f"{CHOOSE}{ann.pk}/{shop.key}/{at}/").status_code == 404


def test_needs_its_own_permission(shop, ann):
    everything_else = make_staff(
        "offers.view_privateoffer",
        "offers.change_privateoffer",
        "offers.delete_privateoffer",
        "offers.import_assignments",
        "customers.view_customer",
    )
    for stranger in (everything_else, make_staff()):
        client = signed_in(stranger)
        assert client.get(CHOOSE).status_code == 403
        assert client.get(address(ann, shop, NOON)).status_code == 403
    assert LogEntry.objects.count() == 0


def test_customers_are_sent_away(shop, ann):
    client = signed_in(make_user())
    response = client.get(address(ann, shop, NOON))
    assert (response.status_code, LogEntry.objects.count()) == (302, 0)
