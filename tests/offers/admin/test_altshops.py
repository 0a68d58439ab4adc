"""The back-office of altshops."""

import pytest

from offers.models import AltShop
from tests.factories import make_altshop, make_staff
from tests.pages import errors, page_text, rows, signed_in
from tests.promotions.factories import make_point_of_sale

pytestmark = pytest.mark.django_db
LIST = "/admin/offers/altshop/"
ENTRIES = {
    "name": "Outlet",
    "key": "outlet",
    "host": "Outlet.Example.com",
    "time_zone": "Europe/Warsaw",
}


@pytest.fixture
def client():
    return signed_in(make_staff("offers.view_altshop", "offers.add_altshop"))


def test_an_altshop_is_added_and_listed(client):
    web = make_point_of_sale(name="Web", channel="online")
    client.post(f"{LIST}add/", ENTRIES | {"point_of_sale": web.pk})
    page = client.get(LIST)
    assert rows(page) == [
        {
            "name": "Outlet",
            "key": "outlet",
            "host": "outlet.example.com",
            "time_zone": "Europe/Warsaw",
            "point_of_sale": "Web",
            "is_default": "✗ no",
        }
    ]
    assert page_text(page).startswith("Settings Altshops Altshops ")


def test_an_unknown_time_zone_is_an_error_beside_the_field(client):
    response = client.post(f"{LIST}add/", ENTRIES | {"time_zone": "Warsaw"})
    assert errors(response) == {"time_zone": ["Unknown time zone. Write it like Europe/Warsaw."]}


def test_there_is_one_default(client):
    make_altshop(is_default=True)
    response = client.post(f"{LIST}add/", ENTRIES | {"is_default": "on"})
    assert errors(response) == {"__all__": ["Another altshop is the default."]}
    assert AltShop.objects.count() == 1


def test_an_altshop_sells_at_an_online_point_of_sale_of_its_own(client):
    retail, taken = make_point_of_sale(), make_point_of_sale(channel="online")
    make_altshop(point_of_sale=taken)
    of_retail = client.post(f"{LIST}add/", ENTRIES | {"point_of_sale": retail.pk})
    of_another = client.post(f"{LIST}add/", ENTRIES | {"point_of_sale": taken.pk})
    assert (errors(of_retail), errors(of_another)) == (
        {
            "point_of_sale": [
                "Select a valid choice. That choice is not one of the available choices."
            ]
        },
        {"point_of_sale": ["Another altshop sells at this point of sale."]},
    )


def test_altshops_need_permission():
    stranger = signed_in(make_staff("offers.view_privateoffer"))
    viewer = signed_in(make_staff("offers.view_altshop"))
    assert stranger.get(LIST).status_code == 403
    assert viewer.post(f"{LIST}add/", ENTRIES).status_code == 403
