"""Whose a single customer's batch is, for those who may see customers and for others (D18)."""

from decimal import Decimal

import pytest
from django.test import Client

from tests.factories import make_customer, make_staff
from tests.loyalty.ledgers import adjusted, customers_with, group_of, posted

pytestmark = pytest.mark.django_db
LIST = "/admin/loyalty/batch/"


@pytest.fixture
def seeing(client: Client) -> Client:
    client.force_login(make_staff("loyalty.view_batch", "customers.view_customer"))
    return client


@pytest.fixture
def not_seeing(client: Client) -> Client:
    client.force_login(make_staff("loyalty.view_batch"))
    return client


def page_of(batch) -> str:
    return f"{LIST}{batch.pk}/change/"


def whom(client: Client) -> list[str]:
    """The column For of the list."""
    context = client.get(LIST).context
    admin = context["cl"].model_admin
    return [admin.whom(batch) for batch in context["cl"].result_list]


def test_who_may_see_customers_reads_the_name_and_gets_back_to_them(seeing):
    ann = make_customer(first_name="Ann", last_name="Lee")
    batch = adjusted(ann, 5)
    page = seeing.get(page_of(batch)).content.decode()
    assert "Cashback of Ann Lee" in page
    assert f'href="/admin/customers/customer/{ann.pk}/change/?tab=cashback"' in page
    assert whom(seeing) == ["Ann Lee"]


def test_others_read_the_number_alone_and_get_no_link_that_they_may_not_follow(not_seeing):
    ann = make_customer(first_name="Ann", last_name="Lee")
    batch = adjusted(ann, 5)
    for address in (LIST, page_of(batch)):
        page = not_seeing.get(address).content.decode()
        assert f"Customer {ann.pk}" in page
        assert "Ann" not in page
        assert "/admin/customers/customer/" not in page


def test_of_somebody_erased_the_number_stays(seeing):
    ann = make_customer(first_name="Ann")
    batch, number = adjusted(ann, 5), ann.pk
    ann.delete()
    assert f"Cashback of Customer {number}" in seeing.get(page_of(batch)).content.decode()
    assert whom(seeing) == [f"Customer {number}"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_one_query_more_for_all_names(seeing, rows, django_assert_num_queries):
    """Session, user, clock, rights are two, the list, its count, and the names."""
    people = customers_with(*[5] * rows)
    for each in people:
        adjusted(each, Decimal(1))
    group = group_of(*people)
    posted(group, 1)
    seeing.get(LIST)
    with django_assert_num_queries(8):
        shown = whom(seeing)
    assert shown == [group.title, *[str(each) for each in reversed(people)]]


def test_the_undo_says_what_it_does_not_give_back(client):
    client.force_login(make_staff("loyalty.add_batch", "loyalty.view_batch"))
    (ann,) = customers_with(0)
    mistake, taken = adjusted(ann, 20), adjusted(ann, -15)
    text = client.get(f"{LIST}{taken.pk}/undo/").content.decode()
    assert "unless that has passed or the credit that it came from was itself undone" in text
    for batch in (mistake, taken):
        client.post(f"{LIST}{batch.pk}/undo/")
    page = client.get(page_of(taken.undone_by)).content.decode()
    assert "<dt>Could not be undone</dt><dd>15.00</dd>" in page
