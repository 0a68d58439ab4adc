"""The list of customers: sorted, searched, and without prospects."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages

from customers.models import Customer
from tests.customers.admin.customer_pages import LIST, form, found
from tests.factories import make_customer, make_user


def test_the_list_shows_who_the_customers_are(clerk):
    make_customer(
        "ann@example.com",
        first_name="Ann",
        last_name="Lee",
        phone="48500100200",
        external_id="C-7",
        birth_date=dt.date(1990, 2, 3),
        user=make_user("ann@example.com"),
    )
    page = clerk.get(LIST).text
    for shown in ("Ann Lee", "ann@example.com", "48500100200", "C-7", "1990-02-03"):
        assert shown in page


def test_customers_sort_by_last_then_first_name_and_by_address(clerk):
    make_customer("b@example.com", first_name="Zoe", last_name="Lee")
    make_customer("c@example.com", first_name="Ann", last_name="Lee")
    make_customer("a@example.com", first_name="Bob", last_name="Ott")
    assert found(clerk, o="0") == ["c@example.com", "b@example.com", "a@example.com"]
    assert found(clerk, o="-0") == ["a@example.com", "b@example.com", "c@example.com"]
    assert found(clerk, o="1") == ["a@example.com", "b@example.com", "c@example.com"]


def test_columns_without_an_index_do_not_sort(clerk):
    make_customer("b@example.com", phone="48500100200")
    make_customer("a@example.com", phone="48500100300")
    for order in ("2", "3", "4", "5", "-2"):
        assert found(clerk, o=order) == ["a@example.com", "b@example.com"]


@pytest.mark.parametrize(
    ("text", "emails"),
    [
        ("ann kowalska", ["ann@example.com"]),
        ("KOWALSKA ann", ["ann@example.com"]),
        ("walsk", ["ann@example.com", "piotr@example.net"]),
        ("kowalska an", ["ann@example.com"]),
        ("kowalska nn", []),
        ("+48 500-100-200", ["ann@example.com"]),
        ("100200", ["ann@example.com"]),
        ("4850010020", ["ann@example.com"]),
        ("485001002001", []),
        ("c_7", ["piotr@example.net"]),
        ("piotr@exam", ["piotr@example.net"]),
        ("iotr@example.net", []),
        ("@example.net", ["piotr@example.net"]),
        ("example", ["ann@example.com", "piotr@example.net"]),
        ("%%%", []),
        ("annkowalska", []),
        ("   ", ["ann@example.com", "piotr@example.net"]),
    ],
)
def test_a_search_finds_every_word_in_any_field(clerk, text, emails):
    make_customer("ann@example.com", first_name="Ann", last_name="Kowalska", phone="48500100200")
    make_customer("piotr@example.net", last_name="Kowalski", external_id="C_7")
    Customer.objects.create(email="kowalska@example.com", is_prospect=True)
    assert sorted(found(clerk, q=text)) == emails


def test_a_search_by_short_words_alone_says_what_to_do(clerk):
    make_customer("an@example.com")
    response = clerk.get(LIST, {"q": "an"})
    assert list(response.context["cl"].result_list) == []
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Write at least 3 letters of a word to search for."
    ]


def test_prospects_are_nowhere(clerk):
    prospect = Customer.objects.create(email="waits@example.com", is_prospect=True)
    assert found(clerk) == []
    assert found(clerk, q="waits") == []
    assert found(clerk, q="waits@example.com") == []
    for action in ("change", "delete", "history"):
        response = clerk.get(f"{LIST}{prospect.pk}/{action}/", follow=True)
        assert "waits@example.com" not in response.text
    clerk.post(f"{LIST}{prospect.pk}/change/", form(email="mine@example.com"))
    clerk.post(f"{LIST}{prospect.pk}/delete/", {"post": "yes"})
    prospect.refresh_from_db()
    assert (prospect.email, prospect.is_prospect) == ("waits@example.com", True)


def test_prospects_are_not_shown_by_a_crafted_filter(clerk):
    Customer.objects.create(email="waits@example.com", is_prospect=True)
    response = clerk.get(LIST, {"is_prospect__exact": "1"}, follow=True)
    assert "waits@example.com" not in response.text


def test_a_whole_list_cannot_be_deleted_by_a_crafted_action(clerk):
    customer = make_customer()
    clerk.post(
        LIST,
        {
            "action": "delete_selected",
            "select_across": "1",
            "_selected_action": str(customer.pk),
            "post": "yes",
        },
    )
    assert Customer.objects.get() == customer
