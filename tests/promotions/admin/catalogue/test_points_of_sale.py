"""Points of sale: where things are bought."""

import pytest

from promotions.models import PointOfSale
from tests.factories import make_altshop
from tests.pages import errors, page_text, rows, staff_with
from tests.promotions.admin.catalogue.rights import POINTS, VIEW
from tests.promotions.factories import make_point_of_sale

pytestmark = pytest.mark.django_db
LIST = "/admin/promotions/pointofsale/"
ENTRIES = {
    "name": "Sovetsky supermarket",
    "key": "P1",
    "channel": "retail",
    "time_zone": "Europe/Kyiv",
    "currency": "UAH",
}


WEB = ENTRIES | {"name": "Web", "key": "W", "channel": "online"}


@pytest.fixture
def client():
    return staff_with(*POINTS, *VIEW)


def test_a_point_of_sale_is_added_and_listed(client):
    client.post(f"{LIST}add/", ENTRIES)
    assert rows(client.get(LIST)) == [ENTRIES | {"channel": "In retail"}]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_however_long(client, django_assert_num_queries, number):
    for _ in range(number):
        make_point_of_sale()
    client.get(LIST)
    # The session, the user, two of rights; the clock; count and rows.
    with django_assert_num_queries(7):
        client.get(LIST)


def test_a_page_is_headed_by_what_it_is_about(client):
    shop = make_point_of_sale(name="Centrum")
    assert "<h1>Centrum</h1>" in client.get(f"{LIST}{shop.pk}/change/").content.decode()
    assert "<h1>Point of sale</h1>" in client.get(f"{LIST}add/").content.decode()


def test_mistakes_are_said_beside_the_fields(client):
    make_point_of_sale(key="P1", name="Centrum")
    wrong = ENTRIES | {"time_zone": "Kyiv", "currency": "uah"}
    assert errors(client.post(f"{LIST}add/", wrong)) == {
        "key": ["Point of sale with this Key already exists."],
        "time_zone": ["Unknown time zone. Write it like Europe/Warsaw."],
        "currency": ["Write three capital letters, such as EUR."],
    }
    assert PointOfSale.objects.count() == 1


def test_where_an_altshop_sells_stays_online(client):
    web, other = (make_point_of_sale(key=key, channel="online") for key in "WX")
    make_altshop(name="Outlet", point_of_sale=web)
    refused = client.post(f"{LIST}{web.pk}/change/", ENTRIES)
    assert errors(refused) == {
        "channel": ["The altshop “Outlet” sells here, so that it stays online."]
    }
    assert client.post(f"{LIST}{web.pk}/change/", WEB).status_code == 302
    assert client.post(f"{LIST}{other.pk}/change/", ENTRIES).status_code == 302
    assert sorted(PointOfSale.objects.values_list("key", "channel")) == [
        ("P1", "retail"),
        ("W", "online"),
    ]


def test_history_tells_values_as_the_form_does(client):
    shop = make_point_of_sale(name="Web", key="W")
    client.post(f"{LIST}{shop.pk}/change/", ENTRIES | {"name": "Web", "channel": "online"})
    said = page_text(client.get(f"{LIST}{shop.pk}/history/"))
    assert " Channel before: In retail → after: Online " in said


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "9" * 5000])
def test_a_history_of_nothing_is_not_found(client, number):
    assert client.get(f"{LIST}{number}/history/").status_code == 404
