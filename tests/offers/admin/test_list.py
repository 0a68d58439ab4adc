"""The list of private offers (T1–T9)."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from offers.assignment import assign
from tests.factories import DAY, make_altshop, make_customer, make_offer, make_staff
from tests.pages import column, headers, links, page_text, rows, signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/offers/privateoffer/"


@pytest.fixture
def shop():
    return make_altshop(time_zone="Europe/Warsaw", is_default=True)


@pytest.fixture
def client(shop):
    return signed_in(make_staff("offers.view_privateoffer"))


def test_t1_t4_menu_breadcrumb_and_title_are_those_of_the_document(client):
    page = client.get(LIST)
    body = page.content.decode()
    assert ("loyalty Customer private offers", LIST) in links(page)
    assert page_text(page).startswith(
        "Customers Customer private offers List of private customer offers"
    )
    assert '<span aria-current="page">Customer private offers</span>' in body


def test_t4_only_who_may_add_is_offered_to(client, shop):
    button = ("+ Add customer private offer", f"{LIST}add/")
    make_offer(altshops=[shop])
    assert button not in links(client.get(LIST))
    adder = signed_in(make_staff("offers.view_privateoffer", "offers.add_privateoffer"))
    assert button in links(adder.get(LIST))


def test_t7_columns(client, shop):
    make_offer(altshops=[shop])
    assert headers(client.get(LIST)) == [
        "Picture",
        "ID",
        "System name",
        "Name",
        "Date start",
        "Date end",
        "Is public?",
        "Status",
        "Assigned e-mails",
        "Actions",
    ]


def test_t7_t8_what_a_row_says(client, shop):
    offer = make_offer(
        altshops=[shop],
        name="june-1",
        visible_name="June & July",
        start=dt.datetime(2025, 1, 1, 23, 30, tzinfo=dt.UTC),
        end=dt.datetime(2025, 5, 31, 22, 0, tzinfo=dt.UTC),
        is_public=True,
    )
    page = client.get(LIST)
    (row,) = rows(page)
    assert {name: row[name] for name in row if name != "actions"} == {
        "thumbnail": "",
        "number": str(offer.pk),
        "system_name": "june-1",
        "public_name": "June & July",
        "date_start": "2025-01-02 00:30:00",
        "date_end": "2025-06-01 00:00:00",
        "public": "✓ yes",
        "status": "event_busy Ended",
        "assigned": "–",
    }
    assert offer.picture.thumbnail.url in page.content.decode()
    assert "Dates are in the time zone Europe/Warsaw." in page_text(page)


def test_t8_without_a_default_altshop_dates_are_in_utc():
    client = signed_in(make_staff("offers.view_privateoffer"))
    make_offer(start=dt.datetime(2025, 1, 1, 23, 30, tzinfo=dt.UTC))
    page = client.get(LIST)
    assert column(page, "date_start") == ["2025-01-01 23:30:00"]
    assert "Dates are in the time zone UTC." in page_text(page)


def test_status_and_count_of_each_offer(client, shop):
    now = timezone.now()
    live = make_offer(altshops=[shop], start=now - DAY, end=now + DAY, name="live")
    assign(offer=live, customers=[make_customer(), make_customer()])
    make_offer(altshops=[shop], start=now - DAY, end=now + DAY, name="draft")
    make_offer(altshops=[shop], start=now + DAY, end=now + 2 * DAY, name="later", is_public=True)
    make_offer(altshops=[shop], start=now - DAY, end=now + DAY, name="off", is_active=False)
    page = client.get(LIST, {"o": "2"})
    assert column(page, "system_name") == ["draft", "later", "live", "off"]
    assert column(page, "status") == [
        "edit_note Draft",
        "schedule Scheduled",
        "play_circle Live",
        "do_not_disturb_on Off",
    ]
    assert column(page, "assigned") == ["0", "–", "2", "0"]


@pytest.mark.parametrize("number", range(1, 9))
def test_t7_each_data_column_sorts_both_ways(client, shop, number):
    now = timezone.now()
    first = make_offer(
        altshops=[shop],
        name="a",
        visible_name="A",
        start=now - 3 * DAY,
        end=now + DAY,
        is_public=False,
    )
    second = make_offer(
        altshops=[shop],
        name="b",
        visible_name="B",
        start=now - 2 * DAY,
        end=now + 2 * DAY,
        is_public=True,
    )
    if number == 8:  # assigned e-mails: none can be assigned to a public offer
        first, second = second, first
        assign(offer=second, customers=[make_customer()])
    assert column(client.get(LIST, {"o": number}), "system_name") == [first.name, second.name]
    assert column(client.get(LIST, {"o": -number}), "system_name") == [second.name, first.name]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"is_public": "yes"}, ["public"]),
        ({"is_public": "no"}, ["elsewhere", "private"]),
        ({"is_public": "nonsense"}, ["elsewhere", "private", "public"]),
        ({"altshop": "here"}, ["private", "public"]),
        ({"status": "draft"}, ["elsewhere"]),
        ({"status": "live", "is_public": "no"}, ["private"]),
        ({"status": "ended"}, []),
    ],
)
def test_t3_filters(client, query, shown):
    now = timezone.now()
    here, there = make_altshop(key="here"), make_altshop(key="there")
    window = {"start": now - DAY, "end": now + DAY}
    make_offer(name="public", altshops=[here, there], is_public=True, **window)
    private = make_offer(name="private", altshops=[here], **window)
    assign(offer=private, customers=[make_customer()])
    make_offer(name="elsewhere", altshops=[there], **window)
    assert column(client.get(LIST, {"o": "2", **query}), "system_name") == shown


def test_t3_filters_are_applied_and_cleared_by_buttons_and_keep_the_search(client, shop):
    make_offer(altshops=[shop], name="june", is_public=True)
    page = client.get(LIST, {"q": "june", "is_public": "yes"})
    body = page.content.decode()
    assert "Apply filters" in page_text(page)
    assert ("Clear filters", "?q=june") in links(page)
    assert '<input type="hidden" name="q" value="june">' in body
    assert '<option value="yes" selected>' in body


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (None, 10),
        *[(str(number), number) for number in (10, 25, 50, 100)],
        *[(nonsense, 10) for nonsense in ("1", "0", "-5", "many", "")],
        ("1000", 100),
        ("9" * 5000, 100),
    ],
)
def test_t5_ten_entries_unless_asked_otherwise_between_ten_and_a_hundred(
    client, shop, asked, shown
):
    picture = make_offer(altshops=[shop]).picture
    for _ in range(100):
        make_offer(altshops=[shop], image=picture)
    page = client.get(LIST, {} if asked is None else {"per_page": asked})
    assert len(rows(page)) == shown
    assert f"Showing 1 to {shown} of 101 entries" in page_text(page)


def test_t5_all_entries_at_once_cannot_be_had_by_a_crafted_address(client, shop):
    picture = make_offer(altshops=[shop]).picture
    for _ in range(10):
        make_offer(altshops=[shop], image=picture)
    assert len(rows(client.get(LIST, {"all": ""}))) == 10


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("summer", ["summer-25"]),
        ("SUMMER", ["summer-25"]),
        ("holiday", ["summer-25"]),
        ("mer-2", ["summer-25"]),
        ("wint", ["winter-25"]),
        ("25", ["summer-25", "winter-25"]),
        ("%", []),
        ("nothing like it", []),
    ],
)
def test_t6_search_in_system_name_and_name(client, shop, words, found):
    make_offer(altshops=[shop], name="summer-25", visible_name="Holiday prices")
    make_offer(altshops=[shop], name="winter-25", visible_name="Warm things", description="summer")
    assert column(client.get(LIST, {"o": "2", "q": words}), "system_name") == found


def test_t9_foot_of_the_list(client, shop):
    picture = make_offer(altshops=[shop]).picture
    assert "Showing 1 to 1 of 1 entries" in page_text(client.get(LIST))
    for _ in range(20):
        make_offer(altshops=[shop], image=picture)
    foot = [found for found in links(client.get(LIST, {"p": 2})) if "p=" in found[1]]
    assert foot == [("Previous", "?p=1"), ("1", "?p=1"), ("3", "?p=3"), ("Next", "?p=3")]
    assert "Showing 21 to 21 of 21 entries" in page_text(client.get(LIST, {"p": 3}))


def test_empty_list_says_what_to_do_next(client):
    adder = signed_in(make_staff("offers.view_privateoffer", "offers.add_privateoffer"))
    assert "There are no private offers yet Add the first one." in page_text(adder.get(LIST))
    make_offer()
    page = client.get(LIST, {"q": "nowhere"})
    assert "No offer matches" in page_text(page)
    assert ("Show all offers", "?") in links(page)


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_rows(client, shop, count):
    for _ in range(count):
        make_offer(altshops=[shop])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(LIST)
    # session, user, two for permissions, time zone, count, rows, altshops to filter by
    assert len(queries) == 8, [query["sql"] for query in queries]


def test_list_needs_permission():
    assert signed_in(make_staff()).get(LIST).status_code == 403
    assert signed_in(make_staff("offers.view_image")).get(LIST).status_code == 403
