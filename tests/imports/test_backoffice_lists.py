"""Lists of the back-office: sizes, counts, and pages that visit every row once, in order."""

import datetime as dt
import itertools
import re
from html import unescape

import pytest
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test import Client

from customers.admin.customers import CustomerAdmin
from customers.models import Customer
from imports.backoffice.counting import Count, Precision, count_up_to
from imports.backoffice.keyset import Key, rows_after, rows_at, total_order, values_of
from imports.backoffice.pages import entries_per_page
from tests.factories import make_staff

LIST = "/admin/customers/customer/"

ORDERINGS = [
    (),
    ("pk",),
    ("-id",),
    ("birth_date",),
    ("-birth_date",),
    ("-last_name", "birth_date"),
    ("birth_date", "-external_id", "last_name"),
    (F("birth_date").asc(nulls_first=True),),
    (F("birth_date").desc(nulls_last=True), "external_id"),
    (Concat("last_name", Value(" "), "first_name").desc(),),
    ("user__last_name", "-birth_date"),
]


@pytest.fixture
def staff_client(client: Client, db: None) -> Client:
    client.force_login(make_staff("customers.view_customer"))
    return client


def make_customers(number: int) -> None:
    Customer.objects.bulk_create(
        Customer(email=f"c{n}@example.com", last_name=f"Name {n:05}") for n in range(number)
    )


def make_tied_customers() -> None:
    """27 customers: every mixture of three dates (one NULL), names and ids (one NULL)."""
    dates = [None, dt.date(2000, 1, 1), dt.date(1990, 1, 1)]
    mixture = itertools.product(dates, ["", "Zoe", "Ann"], [None, "a", "b"])
    Customer.objects.bulk_create(
        Customer(
            email=f"{n}@example.com",
            birth_date=date,
            last_name=name,
            external_id=external and f"{external}{n % 4}{n}",
        )
        for n, (date, name, external) in enumerate(mixture)
    )


def walk(keys: list[Key], start: int, size: int) -> list[int]:
    found = [start]
    while values := values_of(Customer.objects.all(), keys, found[-1]):
        page = [row.pk for row in rows_after(Customer.objects.all(), keys, values, size=size)]
        if not page:
            return found
        found += page
    raise AssertionError("a row of the page is gone")


@pytest.mark.parametrize("ordering", ORDERINGS)
@pytest.mark.parametrize("size", [1, 4, 40])
def test_pages_by_key_visit_every_row_once_in_order_both_ways(db, ordering, size):
    make_tied_customers()
    keys = total_order(Customer, ordering)
    backwards = [key.reversed() for key in keys]
    expected = list(
        Customer.objects.order_by(*[key.order_by() for key in keys]).values_list("pk", flat=True)
    )
    assert len(expected) == 27
    assert walk(keys, expected[0], size) == expected
    assert walk(backwards, expected[-1], size) == expected[::-1]
    assert [row.pk for row in rows_at(Customer.objects.all(), keys, offset=5, size=size)] == (
        expected[5 : 5 + size]
    )


@pytest.mark.parametrize("ordering", ORDERINGS)
def test_the_order_is_the_databases_own_ended_by_the_id(db, ordering):
    make_tied_customers()
    *_, last = keys = total_order(Customer, ordering)
    ours = Customer.objects.order_by(*[key.order_by() for key in keys])
    plain = Customer.objects.order_by(*ordering, "-pk" if last.descending else "pk")
    assert list(ours) == list(plain)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (None, 10),
        ("", 10),
        ("25", 25),
        ("37", 37),
        ("100", 100),
        ("3", 10),
        ("0", 10),
        ("-5", 10),
        ("101", 100),
        ("9" * 5000, 100),
        ("ten", 10),
        ("²", 10),
    ],
)
def test_entries_per_page_stay_between_ten_and_a_hundred(asked, shown):  # T5
    assert entries_per_page(asked) == shown


def test_small_tables_are_counted_exactly_and_large_ones_are_not(db):
    make_customers(30)
    everybody = Customer.objects.all()
    assert count_up_to(30, everybody) == Count(30, Precision.EXACT)


def test_a_large_table_is_estimated_by_the_planner(db):
    make_customers(400)
    connection.cursor().execute("ANALYZE customers_customer")
    count = count_up_to(100, Customer.objects.all())
    assert count == Count(400, Precision.ABOUT)


def figures(html: str) -> str:
    return re.search(r"Showing [^<]*", html)[0]


def addresses(html: str) -> dict[str, str]:
    links = re.findall(r'<a [^>]*rel="(prev|next)"[^>]*>', html)
    urls = re.findall(r'<a (?=[^>]*rel="(?:prev|next)")[^>]*href="([^"]*)"', html)
    return dict(zip(links, map(unescape, urls), strict=True))


def shown(response) -> list[str]:
    return [row.last_name for row in response.context["cl"].result_list]


def test_the_foot_says_which_entries_are_shown(staff_client):  # T5, T9
    make_customers(1234)
    assert figures(staff_client.get(LIST).text) == "Showing 1 to 10 of 1,234 entries"
    last = staff_client.get(LIST, {"per_page": "100", "p": "13"}).text
    assert figures(last) == "Showing 1,201 to 1,234 of 1,234 entries"
    assert addresses(last) == {"prev": "?p=12&per_page=100"}
    assert figures(staff_client.get(LIST, {"q": "nobody"}).text) == "Showing 0 to 0 of 0 entries"


def test_pages_beyond_the_last_are_the_last(staff_client):
    make_customers(15)
    for asked in ("3", "99999999999999999999"):
        assert figures(staff_client.get(LIST, {"p": asked}).text) == (
            "Showing 11 to 15 of 15 entries"
        )
    assert figures(staff_client.get(LIST, {"p": "-1"}).text) == "Showing 1 to 10 of 15 entries"


@pytest.mark.parametrize("order", ["", "1", "-1", "2", "-2", "1.-2"])
def test_next_and_previous_visit_every_customer_of_a_list_too_long_to_number(
    staff_client, monkeypatch, order
):
    monkeypatch.setattr(CustomerAdmin, "count_limit", 20)
    make_customers(57)
    url, pages, seen = f"{LIST}?o={order}", [], []
    while url:
        response = staff_client.get(url)
        pages.append(shown(response))
        seen.append(figures(response.text).split(" of ")[0])
        following = addresses(response.text).get("next")
        url = following and LIST + following
    assert sorted(itertools.chain(*pages)) == [f"Name {n:05}" for n in range(57)]
    assert seen[-1] == "Showing 51 to 57"
    back = []
    while previous := addresses(response.text).get("prev"):
        response = staff_client.get(LIST + previous)
        back.append(shown(response))
    assert back == pages[-2::-1]


def test_a_page_beside_a_row_that_is_gone_is_the_deepest_numbered_one(staff_client, monkeypatch):
    monkeypatch.setattr(CustomerAdmin, "count_limit", 20)
    make_customers(57)
    for row in ("1", "x", "99999999999999999999"):
        page = staff_client.get(LIST, {"p": "5", "after": row}).text
        assert figures(page).startswith("Showing 11 to 20 of ")


def test_the_place_in_a_list_is_named_by_an_id_and_never_by_personal_data(
    staff_client, monkeypatch
):
    monkeypatch.setattr(CustomerAdmin, "count_limit", 10)
    make_customers(30)
    page = staff_client.get(LIST, {"o": "1"})
    last = page.context["cl"].result_list[-1]
    assert addresses(page.text)["next"] == f"?after={last.pk}&o=1&p=2"


def test_another_search_order_or_size_starts_at_the_first_page(staff_client, monkeypatch):
    monkeypatch.setattr(CustomerAdmin, "count_limit", 10)
    make_customers(30)
    row = Customer.objects.order_by("-pk")[15]
    page = staff_client.get(LIST, {"p": "3", "after": row.pk, "per_page": "10"}).text
    assert f"after={row.pk}" not in page
    assert 'name="after"' not in page
    assert 'name="p"' not in page


def test_a_list_takes_the_same_queries_however_long_it_is(staff_client, django_assert_num_queries):
    make_customers(5)
    with django_assert_num_queries(7):
        staff_client.get(LIST)
    Customer.objects.bulk_create(Customer(email=f"m{n}@example.com") for n in range(300))
    with django_assert_num_queries(7):
        staff_client.get(LIST, {"per_page": "100"})


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("customers/customer/", "Customers"),
        ("customers/user/", "Users"),
        ("auth/group/", "Roles"),
        ("offers/altshop/", "Altshops"),
        ("offers/image/", "Image gallery"),
    ],
)
def test_a_list_is_headed_by_what_it_lists(client, db, path, title):
    client.force_login(make_staff(is_superuser=True))
    answer = client.get(f"/admin/{path}")
    assert re.findall(r"<h1>(.*?)</h1>", answer.content.decode()) == [title]
