"""The form of a customer: identities, what waits for an address, and who may do what."""

from contextlib import contextmanager

import pytest
from django.db import connection

from customers.models import Customer
from offers.assignment import assign
from offers.models import Assignment
from tests.customers.admin.customer_pages import ALL, LIST, form
from tests.factories import make_customer, make_offer, make_staff, make_user
from tests.pages import errors


def test_identities_are_written_in_their_one_form(clerk):
    response = clerk.post(
        f"{LIST}add/",
        form(email=" Ann@Żółw.PL ", phone="+380 (98) 000-00-00", external_id="C1"),
    )
    assert response.status_code == 302
    customer = Customer.objects.get()
    assert (customer.email, customer.phone) == ("ann@xn--w-uga1v8h.pl", "380980000000")


def test_errors_stand_beside_their_fields(clerk):
    make_customer("taken@example.com", phone="48500100200", external_id="C1")
    response = clerk.post(f"{LIST}add/", form(email="ann", phone="12", external_id="C1"))
    assert set(errors(response)) == {"email", "phone", "external_id"}
    response = clerk.post(f"{LIST}add/", form(email="Taken@example.com", phone="+48500100200"))
    assert errors(response) == {
        "email": ["Another customer has this e-mail address."],
        "phone": ["Another customer has this phone number."],
    }
    assert errors(clerk.post(f"{LIST}add/", form(first_name="Ann"))) == {
        "__all__": ["Give an e-mail, a phone or an external ID."]
    }
    assert Customer.objects.count() == 1


def test_a_new_customer_takes_over_what_waits_for_the_address(clerk):
    prospect = Customer.objects.create(email="ann@example.com", is_prospect=True)
    clerk.post(f"{LIST}add/", form(email="Ann@example.com", first_name="Ann"))
    customer = Customer.objects.get()
    assert (customer.pk, customer.first_name, customer.is_prospect) == (prospect.pk, "Ann", False)


def test_an_existing_customer_takes_over_what_waits_for_their_new_address(clerk):
    customer = Customer.objects.create(phone="48500100200")
    prospect = Customer.objects.create(email="new@example.com", is_prospect=True)
    both, waiting = make_offer(), make_offer()
    assign(offer=both, customers=[customer, prospect])
    assign(offer=waiting, customers=[prospect])
    change = f"{LIST}{customer.pk}/change/"
    wrong = form(email="new@example.com", phone="12")
    assert list(errors(clerk.post(change, wrong))) == ["phone"]
    assert Customer.objects.filter(pk=prospect.pk).exists()
    clerk.post(change, form(email="New@example.com", phone="48500100200"))
    assert [(each.pk, each.email) for each in Customer.objects.all()] == [
        (customer.pk, "new@example.com")
    ]
    assert set(
        Assignment.objects.values_list("customer_id", "offer_id", "offer__assigned_count")
    ) == {
        (customer.pk, both.pk, 1),
        (customer.pk, waiting.pk, 1),
    }


def test_an_address_is_not_taken_over_while_an_import_speaks_of_it(clerk, db):
    customer = Customer.objects.create(phone="48500100200")
    Customer.objects.create(email="new@example.com", is_prospect=True)
    with holding_prospects():
        data = form(email="new@example.com", phone="48500100200")
        response = clerk.post(f"{LIST}{customer.pk}/change/", data)
    assert errors(response) == {
        "email": [
            "A job is working with this address or others like it. Try again when it is done."
        ]
    }


@contextmanager
def holding_prospects():
    """What an import does in its own connection while it runs."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(hashtext('customers.prospects'))")
    yield
    other.close()


def test_a_changed_address_leaves_the_sign_in_as_it_was(clerk):
    user = make_user("ann@example.com")
    customer = make_customer("ann@example.com", user=user)
    clerk.post(f"{LIST}{customer.pk}/change/", form(email="new@example.com"))
    customer.refresh_from_db()
    user.refresh_from_db()
    assert (customer.email, customer.user_id, user.email) == (
        "new@example.com",
        user.pk,
        "ann@example.com",
    )


def test_cancel_leads_back_to_the_list_as_it_was(clerk):  # T31
    customer = make_customer("ann@example.com")
    page = clerk.get(f"{LIST}{customer.pk}/change/?_changelist_filters=q%3Dann%26per_page%3D25")
    assert f'href="{LIST}?q=ann&amp;per_page=25"' in page.text
    assert "Cancel" in page.text
    assert "Save and" not in page.text


def test_nobody_is_deleted_past_the_erasure(client, db):
    client.force_login(make_staff(is_superuser=True))
    customer = make_customer()
    assert client.post(f"{LIST}{customer.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Customer.objects.get() == customer


@pytest.mark.parametrize("missing", ["view", "add", "change"])
def test_each_deed_needs_its_own_permission(client, db, missing):
    kept = [name for name in ALL if f".{missing}_" not in name]
    client.force_login(make_staff(*kept if missing != "view" else []))
    customer = make_customer("ann@example.com")
    change = f"{LIST}{customer.pk}/change/"
    answers = {
        "view": client.get(LIST).status_code,
        "add": client.post(f"{LIST}add/", form(email="new@example.com")).status_code,
        "change": client.post(change, form(email="ann2@example.com")).status_code,
    }
    assert answers[missing] == 403
    if missing == "view":
        assert set(answers.values()) == {403}
        assert client.get(change).status_code == 403
