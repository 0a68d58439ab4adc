"""The history of an audience: who changed what, when."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.admin.audiences import history
from customers.admin.audiences.history import history_of
from customers.models import Audience
from tests.customers.admin.audiences.pages import FEBRUARY, LIST, MARCH, form, of_staff
from tests.factories import make_altshop, make_audience, make_customer, make_member, make_staff
from tests.pages import links, page_text, signed_in

# Each change in a transaction of its own, as in life: a test's one transaction would be one entry.
pytestmark = pytest.mark.django_db(transaction=True)
GONE = {"all": [{"field": "gone", "is": "is_empty"}]}


def told(audience):
    """Who did what, and each change as (label, old, new)."""
    entries, _more = history_of(audience.pk, to=make_staff(is_superuser=True))
    return [(e.who, e.did, [(c.label, c.old, c.new) for c in e.changes]) for e in entries]


def test_a_change_in_the_back_office_is_told_with_its_user_and_in_words():
    audience = make_audience(FEBRUARY, name="Winter")
    rights = [f"customers.{verb}_audience" for verb in ("view", "change")]
    client = signed_in(make_staff(*rights, first_name="Maja", last_name="Nowak"))
    client.post(f"{LIST}{audience.pk}/change/", form(MARCH, name="Spring"))
    changes = [
        ("Name", "Winter", "Spring"),
        ("Conditions", "Birth date is in February", "Birth date is in March"),
    ]
    assert told(audience)[0] == ("Maja Nowak", "changed", changes)


def test_the_first_entry_tells_what_the_audience_was_given():
    audience = make_audience(FEBRUARY, name="Winter")
    given = [
        ("Name", "", "Winter"),
        ("Kind", "", "By conditions"),
        ("Conditions", "", "Birth date is in February"),
    ]
    assert told(audience) == [("system", "created", given)]


def test_a_fixed_list_has_no_conditions_and_its_members_are_no_history():
    audience = make_audience(name="Drivers")
    make_member(audience, make_customer())
    given = [("Name", "", "Drivers"), ("Kind", "", "Fixed list")]
    assert told(audience) == [("system", "created", given)]


def test_conditions_that_make_no_sense_any_more_say_why():
    audience = make_audience(GONE)
    Audience.objects.update(conditions=FEBRUARY)
    why = "There is no attribute “gone” (any more)."
    assert told(audience)[0][2] == [("Conditions", why, "Birth date is in February")]


def test_changes_by_sql_are_the_systems_and_counting_is_none():
    audience = make_audience(FEBRUARY)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE customers_audience SET description = 'Cakes', members_count = 7")
        cursor.execute("UPDATE customers_audience SET members_count = 8, counted_at = now()")
    assert told(audience)[0] == ("system", "changed", [("Description", "", "Cakes")])
    assert len(told(audience)) == 2


def test_only_the_latest_are_told_each_with_what_it_changed(monkeypatch):
    monkeypatch.setattr(history, "MOST", 2)
    audience = make_audience(FEBRUARY, name="A")
    for name in ("B", "C"):
        Audience.objects.update(name=name)
    assert [changes for _, _, changes in told(audience)] == [
        [("Name", "B", "C")],
        [("Name", "A", "B")],
    ]
    page = of_staff("view").get(f"{LIST}{audience.pk}/change/", {"tab": "history"})
    assert "Only the last 2 are shown." in page_text(page)


def test_the_tab_tells_it_escapes_it_and_keeps_others_out_of_it():
    make_altshop(time_zone="Europe/Warsaw", is_default=True)
    audience, other = make_audience(FEBRUARY, name="Winter"), make_audience(MARCH, name="Other")
    Audience.objects.filter(pk=audience.pk).update(name="<script>Spring")
    Audience.objects.filter(pk=other.pk).update(name="Another")
    client = of_staff("view")
    page = client.get(f"{LIST}{audience.pk}/change/")
    assert ("History", "?tab=history") in links(page)
    page = client.get(f"{LIST}{audience.pk}/change/", {"tab": "history"})
    assert "Name before: Winter → after: <script>Spring" in page_text(page)
    assert "Dates are in the time zone Europe/Warsaw." in page_text(page)
    assert "<script>Spring" not in page.text
    assert "Other" not in page_text(page)


def test_djangos_address_of_a_history_leads_to_it_and_both_need_the_right():
    audience = make_audience(FEBRUARY, name="Winter")
    there = f"{LIST}{audience.pk}/change/?tab=history"
    assert of_staff("view").get(f"{LIST}{audience.pk}/history/")["Location"] == there
    stranger = signed_in(make_staff("customers.view_customer"))
    assert stranger.get(there).status_code == 403
    blind = of_staff("change").get(there)
    assert "bo-history" not in blind.text


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_changes(count):
    audience = make_audience(FEBRUARY)
    for number in range(count):
        Audience.objects.update(name=f"No. {number}")
    reader = make_staff(is_superuser=True)
    with CaptureQueriesContext(connection) as queries:
        history_of(audience.pk, to=reader)
    assert len(queries) == 3  # no user to name
