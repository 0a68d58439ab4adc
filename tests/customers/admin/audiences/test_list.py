"""The list of audiences: what each is, how many it holds, and what uses it (L2)."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from customers.models import Audience
from tests.customers.admin.audiences.pages import FEBRUARY, LIST, MARCH, follow, of_staff
from tests.factories import make_audience
from tests.pages import column, links, page_text, rows

pytestmark = pytest.mark.django_db


def test_the_list_says_what_each_audience_is_and_what_uses_it(marketer):
    now = timezone.now()
    used = make_audience(FEBRUARY, name="Cakes", members_count=12_345, counted_at=now)
    follow(used, "Cake lovers")
    make_audience(MARCH, name="March")
    make_audience(name="Test drivers", description="From the fair")
    assert [{**row, "actions": ""} for row in rows(marketer.get(LIST))] == [
        {
            "shown_name": "Cakes Birth date is in February",
            "shown_kind": "filter_alt By conditions",
            "customers": "12,345 counted just now",
            "used_by": "Customer group Cake lovers",
            "actions": "",
        },
        {
            "shown_name": "March Birth date is in March",
            "shown_kind": "filter_alt By conditions",
            "customers": "not counted yet",
            "used_by": "Not in use",
            "actions": "",
        },
        {
            "shown_name": "Test drivers From the fair",
            "shown_kind": "list_alt Fixed list",
            "customers": "0",
            "used_by": "Not in use",
            "actions": "",
        },
    ]


def test_the_list_says_how_old_a_count_is(marketer):
    make_audience(FEBRUARY, counted_at=timezone.now() - dt.timedelta(minutes=5, seconds=10))
    assert column(marketer.get(LIST), "customers") == [
        "0 counted 5\xa0minutes ago".replace("\xa0", " ")
    ]


def test_an_audience_that_names_a_deleted_attribute_says_so(marketer):
    make_audience({"all": [{"field": "gone", "is": "is_empty"}]}, name="Broken")
    (row,) = rows(marketer.get(LIST))
    assert row["shown_name"] == (
        "Broken error Holds nobody: There is no attribute “gone” (any more)."
    )
    assert row["customers"] == "–"


def test_the_empty_list_says_what_to_do_next(marketer):
    page = marketer.get(LIST)
    assert "There are no audiences yet" in page_text(page)
    assert links(page).count(("+ Add audience", f"{LIST}add/")) == 2


def test_audiences_are_found_by_name_and_description(marketer):
    make_audience(FEBRUARY, name="Cakes")
    make_audience(MARCH, name="Spring", description="For the cake campaign")
    make_audience(MARCH, name="Other")
    assert len(rows(marketer.get(LIST, {"q": "cake"}))) == 2
    assert "No audience matches" in page_text(marketer.get(LIST, {"q": "nothing"}))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_queries_however_long_it_is(marketer, number):
    for _ in range(number):
        follow(make_audience(FEBRUARY), title=f"Group of {Audience.objects.count()}")
    marketer.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        marketer.get(LIST)
    assert len(queries) == QUERIES_OF_THE_LIST


QUERIES_OF_THE_LIST = 13


def test_buttons_are_those_that_somebody_may_press(marketer):
    dynamic, fixed = make_audience(FEBRUARY, name="A"), make_audience(name="B")
    assert column(marketer.get(LIST), "actions") == [
        "Edit A Freeze now A Delete A",
        "Edit B Delete B",
    ]
    viewer = of_staff("view", "import")
    assert column(viewer.get(LIST), "actions") == ["View A", "View B Import B"]
    page = links(viewer.get(LIST))
    assert (
        "Import B",
        f"/admin/imports/job/add/?type=audience-members&audience={fixed.pk}",
    ) in page
    assert ("View A", f"{LIST}{dynamic.pk}/change/") in page
