"""The history of an offer: who changed what, when."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offers.admin.history import history_of
from offers.models import PrivateOffer
from tests.factories import make_altshop, make_image, make_offer, make_staff
from tests.offers.admin.forms import changed
from tests.pages import page_text, signed_in

# Each change in a transaction of its own, as in life: a test's one transaction would be one entry.
pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/offers/privateoffer/"


def editor(**fields):
    return make_staff("offers.view_privateoffer", "offers.change_privateoffer", **fields)


def told(offer):
    """Who did what, and each change as (label, old, new)."""
    return [
        (entry.who, entry.did, [(c.label, c.old, c.new) for c in entry.changes])
        for entry in history_of(offer.pk, to=make_staff())
    ]


def test_a_change_in_the_back_office_is_told_with_its_user_in_words():
    shop = make_altshop(name="Main", time_zone="Europe/Warsaw", is_default=True)
    offer = make_offer(visible_name="June", altshops=[shop])
    client = signed_in(editor(first_name="Ann", last_name="Nowak"))
    changed(offer, client, visible_name="July", type="online")
    assert told(offer)[0] == (
        "Ann Nowak",
        "changed",
        [("Visible name", "June", "July"), ("Type", "Use online & in retail", "Only online")],
    )


def test_a_change_by_sql_is_told_as_the_systems():
    offer = make_offer(is_active=True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE offers_privateoffer SET is_active = false")
    assert told(offer)[0] == ("system", "changed", [("Is active?", "yes", "no")])


def test_altshops_dates_and_pictures_are_told_by_name():
    main, outlet = make_altshop(name="Main"), make_altshop(name="Outlet")
    old, new = make_image("Old"), make_image("New")
    start = dt.datetime(2026, 6, 1, 12, 0, tzinfo=dt.UTC)
    offer = make_offer(altshops=[main], image=old, start=start)
    offer.altshops.set([outlet])
    PrivateOffer.objects.update(start=start + dt.timedelta(hours=1), big_image=new)
    assert told(offer)[0] == (
        "system",
        "changed",
        [
            ("Start date", "2026-06-01 12:00:00", "2026-06-01 13:00:00"),
            ("Big image", "Old", "New"),
        ],
    )
    assert told(offer)[1][2] == [("Altshops", "Main", ""), ("Altshops", "", "Outlet")]


def test_the_first_entry_tells_what_the_offer_was_given():
    offer = make_offer(name="june-1", link="")
    who, did, changes = told(offer)[-1]
    assert (who, did) == ("system", "created")
    assert ("Name", "", "june-1") in changes
    assert [change for change in changes if change[0] == "Link"] == []


def test_entries_are_in_order_the_latest_first():
    offer = make_offer(sort_order=1)
    for order in (2, 3):
        PrivateOffer.objects.update(sort_order=order)
    assert [changes for _, _, changes in told(offer)][:2] == [
        [("Sort order", "2", "3")],
        [("Sort order", "1", "2")],
    ]


def test_counting_assigned_emails_is_no_history():
    offer = make_offer()
    before = told(offer)
    PrivateOffer.objects.update(assigned_count=5)
    assert told(offer) == before


def test_another_offers_changes_are_not_told():
    offer, other = make_offer(), make_offer(visible_name="Other before")
    PrivateOffer.objects.filter(pk=other.pk).update(visible_name="Other after")
    client = signed_in(editor())
    assert "Other" not in page_text(client.get(f"{LIST}{offer.pk}/history/"))


def test_the_page_tells_it_and_escapes_it():
    make_altshop(time_zone="Europe/Warsaw", is_default=True)
    offer = make_offer(visible_name="June")
    PrivateOffer.objects.update(visible_name="<script>July")
    page = signed_in(editor()).get(f"{LIST}{offer.pk}/history/")
    assert "Visible name before: June → after: <script>July" in page_text(page)
    assert "<script>July" not in page.content.decode()
    assert "Dates are in the time zone Europe/Warsaw." in page_text(page)


def test_a_deleted_offer_keeps_its_history():
    offer = make_offer(name="june-1")
    pk = offer.pk
    offer.delete()
    page = signed_in(editor()).get(f"{LIST}{pk}/history/")
    assert "This offer was deleted." in page_text(page)
    assert "system · deleted" in page_text(page)


def test_history_needs_permission_and_an_offer():
    offer = make_offer()
    assert signed_in(make_staff()).get(f"{LIST}{offer.pk}/history/").status_code == 403
    assert signed_in(editor()).get(f"{LIST}0/history/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_changes(count):
    offer = make_offer()
    for order in range(count):
        PrivateOffer.objects.update(sort_order=order)
    reader = make_staff(is_superuser=True)
    with CaptureQueriesContext(connection) as queries:
        history_of(offer.pk, to=reader)
    assert len(queries) == 6  # no user to name
