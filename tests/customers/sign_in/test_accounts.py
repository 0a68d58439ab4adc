"""Who somebody is after signing in: a new customer, one who is known, or nobody."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from customers.accounts import AddressTakenError, link, open_account
from customers.models import Customer, User
from tests.customers.sign_in.codes import ASK, sign_in
from tests.factories import make_customer, make_staff, make_user
from tests.pages import user_of

pytestmark = pytest.mark.usefixtures("no_attempts_yet")


def test_a_new_address_becomes_a_user_and_a_customer(client):
    response = sign_in(client, "ann@example.com")
    assert (response.status_code, response["Location"]) == (302, "/account/offers/")
    user = user_of(client)
    assert (user.email, user.is_staff, user.has_usable_password()) == (
        "ann@example.com",
        False,
        False,
    )
    assert (user.customer.email, user.customer.is_prospect) == ("ann@example.com", False)


def test_nobody_exists_before_the_code_is_confirmed(client):
    client.post(ASK, {"email": "ann@example.com"})
    assert (User.objects.count(), Customer.objects.count()) == (0, 0)


def test_a_prospect_becomes_a_customer_and_keeps_its_id(client):
    waiting = make_customer("ann@example.com", is_prospect=True)
    sign_in(client, " Ann@EXAMPLE.com ")
    waiting.refresh_from_db()
    assert (waiting.user, waiting.is_prospect) == (user_of(client), False)
    assert Customer.objects.count() == 1


def test_signing_in_again_changes_nothing(client):
    sign_in(client, "ann@example.com")
    first = Customer.objects.values().get()
    sign_in(Client(), "ann@example.com")
    assert Customer.objects.values().get() == first
    assert User.objects.count() == 1


def test_a_customer_linked_to_somebody_else_is_never_taken_over(client):
    owner = make_user("old@example.com")
    customer = make_customer("ann@example.com", user=owner)
    response = sign_in(client, "ann@example.com")
    assert response.status_code == 403
    assert user_of(client) is None
    customer.refresh_from_db()
    assert customer.user == owner
    assert list(User.objects.all()) == [owner]


def test_a_link_outlives_a_change_of_the_customers_address(client):
    sign_in(client, "ann@example.com")
    Customer.objects.update(email="new@example.com")
    sign_in(again := Client(), "ann@example.com")
    assert user_of(again).customer.email == "new@example.com"
    assert Customer.objects.count() == 1


def test_an_inactive_user_does_not_sign_in(client):
    make_user("ann@example.com", is_active=False)
    response = sign_in(client, "ann@example.com")
    assert response["Location"] == reverse("account_inactive")
    assert "closed" in client.get(response["Location"]).content.decode()
    assert user_of(client) is None


def test_staff_do_not_sign_in_by_code(client):
    make_staff(email="ann@example.com")
    response = sign_in(client, "ann@example.com")
    assert response.status_code == 403
    assert reverse("account_login") in response.content.decode()
    assert user_of(client) is None
    assert Customer.objects.count() == 0


def test_link_refuses_the_customer_of_another_user(db):
    make_customer("ann@example.com", user=make_user("old@example.com"))
    with pytest.raises(AddressTakenError):
        link(user=make_user("ann@example.com"))


def test_two_first_sign_ins_at_once_make_one_user_and_one_customer(transactional_db):
    def first_sign_in(number: int) -> int:
        try:
            return open_account(email="ann@example.com").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        users = set(pool.map(first_sign_in, range(8)))
    assert {customer.user_id for customer in Customer.objects.all()} == users
    assert (len(users), Customer.objects.count()) == (1, 1)
