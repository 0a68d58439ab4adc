"""The list of personal offers is narrowed, and tells what was last counted."""

import pytest
from django.utils import timezone

from loyalty.personal.counting import count_offers
from tests.factories import DAY, NOON, make_customer
from tests.loyalty.admin.personal_offers.forms import LIST, give, make_personal_offer, said
from tests.pages import column, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def six():
    """One of each status, and one of which customers have items."""
    now = timezone.now()
    live = {"start": now - DAY, "end": now + DAY}
    make_personal_offer(name="live", needs_acceptance=True, **live)
    make_personal_offer(name="later", start=now + DAY, end=now + 2 * DAY, preference="points")
    make_personal_offer(name="ended", start=now - 2 * DAY, end=now - DAY, is_active=False)
    make_personal_offer(name="off", is_active=False, **live)
    make_personal_offer(name="empty", mechanic="products", title="Nothing yet", **live)
    items = make_personal_offer(name="items", mechanic="products", **live)
    give(make_customer(), items, [1])
    count_offers(now)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"status": "live"}, ["items", "live"]),
        ({"status": "scheduled"}, ["later"]),
        ({"status": "ended"}, ["ended"]),
        ({"status": "off"}, ["off"]),
        ({"status": "draft"}, ["empty"]),
        ({"mechanic": "products"}, ["items", "empty"]),
        ({"preference": "points"}, ["later"]),
        ({"acceptance": "yes"}, ["live"]),
        ({"q": "LATE"}, ["later"]),
        ({"q": "nothing"}, ["empty"]),
    ],
)
def test_filters_and_search(client, six, filters, found):
    assert column(client.get(LIST, filters), "shown_name") == found


def test_for_whom_tells_counts_as_last_counted(client, six):
    found = {row["shown_name"]: row["for_whom"] for row in rows(client.get(LIST))}
    assert found == {
        "items": "1 customer with items",
        "empty": "No items yet",
        **dict.fromkeys(("live", "later", "ended", "off"), "All customers"),
    }


def test_counts_tell_customers_and_what_they_said():
    offer = make_personal_offer(mechanic="products")
    other = make_personal_offer(mechanic="products")
    people = [make_customer() for _ in range(4)]
    for each in people:
        give(each, offer, [1], [2])
    said(people[0], offer, False, 1)
    said(people[0], offer, True, 2)
    said(people[1], offer, False, 1)
    said(people[1], other, True, 1)
    count_offers(NOON)
    told = [(c.customers, c.accepted, c.declined) for c in (offer.count, other.count)]
    assert told == [(4, 1, 1), (0, 1, 0)]
    give(make_customer(), offer, [1])
    count_offers(NOON, offer=offer.pk)
    offer.count.refresh_from_db()
    assert offer.count.customers == 5
