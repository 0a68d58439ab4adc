"""The list of receipts: found by number and customer, filtered, paged, and who may see it."""

import datetime as dt

import pytest
from django.test import Client

from loyalty.admin.purchases import paging
from tests.factories import NOON, make_customer, make_staff
from tests.loyalty.purchases.factories import cancelled, make_purchase, returned
from tests.loyalty.purchases.receipt_files import run
from tests.pages import text
from tests.promotions.factories import make_discount, make_point_of_sale

pytestmark = pytest.mark.django_db

LIST = "/admin/receipts/"
VIEW = "loyalty.view_purchase"


@pytest.fixture
def clerk(client: Client) -> Client:
    client.force_login(make_staff(VIEW, "customers.view_customer"))
    return client


def found(client: Client, **asked: object) -> list[str]:
    rows = client.get(LIST, asked).context["cl"].pages.rows
    return [row.purchase.receipt for row in rows]


def test_the_latest_come_first(clerk):
    for days, name in ((0, "b"), (2, "c"), (1, "a")):
        make_purchase(receipt=name, at=NOON - dt.timedelta(days=days))
    assert found(clerk) == ["b", "a", "c"]


def test_who_bought_where_and_for_how_much_is_told(clerk):
    make_discount(everything=True, value=50)
    ann = make_customer("ann@example.com")
    place = make_point_of_sale(name="Corner shop", time_zone="Europe/Warsaw", currency="PLN")
    make_purchase(receipt="R1", customer=ann, place=place)
    page = clerk.get(LIST).content.decode()
    for words in ("R1", "Corner shop", "20.00 PLN", "10.00 PLN", "Bought"):
        assert words in page
    assert "2026-06-15 14:00 Europe/Warsaw" in text(page)
    assert f'href="/admin/customers/customer/{ann.pk}/change/"' in page


def test_found_by_the_beginning_of_the_receipt(clerk):
    for name in ("R-10", "R-1%", "r-10", "XR-10"):
        make_purchase(receipt=name)
    assert found(clerk, q="R-1") == ["R-1%", "R-10"]
    assert found(clerk, q="R-1%") == ["R-1%"]
    assert found(clerk, q="nothing") == []


def test_found_by_customer(clerk):
    ann = make_customer("ann@example.com", phone="48600100200")
    make_purchase(receipt="hers", customer=ann)
    make_purchase(receipt="nobody's")
    for mention in (f"id:{ann.pk}", "ANN@example.com", "phone:+48 600 100 200"):
        assert found(clerk, customer=mention) == ["hers"]
    page = clerk.get(LIST, {"customer": "bob@example.com"})
    assert "There is no such customer." in page.content.decode()


def test_filtered_by_place_date_source_and_state(clerk):
    make_point_of_sale(key="P1")
    day = dt.timedelta(days=1)
    make_purchase(receipt="early", place="P1", at=NOON - 40 * day)
    make_purchase(receipt="kept", place="P1")
    for name in ("cancelled", "back"):
        make_purchase(receipt=name)
    cancelled("cancelled")
    returned("back", line1=1)
    assert found(clerk, point_of_sale="P1") == ["kept", "early"]
    assert found(clerk, since="2026-06-15") == ["back", "cancelled", "kept"]
    assert found(clerk, until="2026-06-14") == ["early"]
    assert found(clerk, state="cancelled") == ["cancelled"]
    assert found(clerk, state="returned") == ["back"]
    assert found(clerk, source="import") == []
    assert text(clerk.get(LIST).content.decode()).count("In the time zone UTC.") == 2
    assert len(found(clerk, source="till", state="?", since="someday")) == 4


@pytest.mark.django_db(transaction=True)
def test_imported_ones_are_marked(clerk):
    make_point_of_sale(key="P1")
    run("R1,2026-06-01 08:26,,P1,TEA,1,1")
    assert found(clerk, source="import") == ["R1"]
    assert '<span class="bo-tag">Import</span>' in clerk.get(LIST).content.decode()


def test_pages_go_on_beyond_the_numbered_ones(clerk, monkeypatch):
    monkeypatch.setattr(paging, "COUNTED", 20)
    names = [f"R{number:02}" for number in range(35)]
    for name in names:
        make_purchase(receipt=name, place="P1" if name != "R00" else make_point_of_sale(key="P1"))
    seen, address = [], f"{LIST}?per_page=10"
    while address:
        pages = clerk.get(address).context["cl"].pages
        seen.append([row.purchase.receipt for row in pages.rows])
        address = pages.next_url and LIST + pages.next_url
    assert [name for page in seen for name in page] == names[::-1]
    back = clerk.get(LIST + pages.previous_url).context["cl"].pages
    assert [row.purchase.receipt for row in back.rows] == seen[-2]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_nine_queries(clerk, rows, django_assert_num_queries):
    """Session, user, clock, rights are two, places, count, rows, customers, returns."""
    for _ in range(rows):
        make_purchase(customer=make_customer(f"c{_}@example.com"))
    clerk.get(LIST)
    with django_assert_num_queries(10):
        assert len(found(clerk)) == rows


def test_who_may_not_see_customers_sees_no_names(client):
    client.force_login(make_staff(VIEW))
    ann = make_customer("ann@example.com", first_name="Annabella")
    make_purchase(receipt="R1", customer=ann)
    page = client.get(LIST, {"customer": "bob@example.com"}).content.decode()
    assert "R1" in page
    assert "Annabella" not in page
    assert "ann@example.com" not in page


def test_who_may_not_see_receipts_is_refused(client):
    client.force_login(make_staff("customers.view_customer", "loyalty.import_receipts"))
    purchase = make_purchase()
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{purchase.public_id}/").status_code == 403
