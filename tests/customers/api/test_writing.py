"""A customer is created and changed: the rule of identity is that of imports and forms (L3, L4)."""

import pytest

from customers.models import Customer, CustomerChange
from offers.assignment import assign
from offers.models import Assignment
from tests.customers.api.requests import ANN, PATH, read, send, told
from tests.factories import make_customer, make_offer

pytestmark = pytest.mark.django_db


def test_a_customer_is_created_and_read_by_any_address_L3(client, key):
    answer = send(client, key, "post", "", ANN)
    customer = Customer.objects.get()
    assert answer.json() == {"id": customer.pk, "result": "created"}
    assert answer["Location"] == f"{PATH}/id:{customer.pk}"
    shown = {
        "id": customer.pk,
        "external_id": "C-1",
        "email": "ann@example.com",
        "phone": "48600100200",
        "first_name": "Ann",
        "last_name": "",
        "birth_date": "1990-02-14",
        "attributes": {"district": "Sovetsky", "size": 38.5, "cars": ["Audi", "Fiat"]},
    }
    addresses = (f"id:{customer.pk}", "external:C-1", "email:ANN@example.com", "phone:+48600100200")
    for address in addresses:
        found = read(client, key, address).json()
        del found["created_at"]
        assert found == shown


def test_sending_it_again_changes_nothing(client, key):
    send(client, key, "post", "", ANN)
    assert told(send(client, key, "post", "", ANN)) == (200, "unchanged")
    assert Customer.objects.count() == 1
    assert CustomerChange.objects.count() == 1


def test_what_is_missing_stays_and_null_removes(client, key):
    customer = make_customer("ann@example.com", first_name="Ann", district="Here", city="Town")
    customer.attributes = {"size": 38}
    customer.save()
    body = {"last_name": "Nowak", "attributes": {"size": None, "accepts_marketing": False}}
    assert told(send(client, key, "patch", f"/id:{customer.pk}", body)) == (200, "updated")
    customer.refresh_from_db()
    assert (customer.first_name, customer.last_name) == ("Ann", "Nowak")
    assert (customer.district, customer.city) == ("Here", "Town")
    assert (customer.accepts_marketing, customer.attributes) == (False, {})
    body = {"first_name": None, "email": None, "attributes": None}
    assert told(send(client, key, "patch", f"/id:{customer.pk}", body)) == (200, "updated")
    customer.refresh_from_db()
    assert (customer.first_name, customer.email) == ("", "ann@example.com")


def test_identities_are_needed_and_found(client, key):
    assert told(send(client, key, "post", "", {"first_name": "Ann"})) == (422, "no_identity")
    assert told(send(client, key, "patch", "/id:1", {})) == (404, "unknown_customer")
    assert told(send(client, key, "patch", "/name:Ann", {})) == (422, "customer_address")
    assert told(read(client, key, "id:1")) == (404, "unknown_customer")


@pytest.mark.parametrize(
    ("address", "body", "status", "code"),
    [
        ("id:{ann}", {"external_id": "C-2"}, 409, "other_customer"),
        ("external:C-1", {"email": "new@example.com"}, 200, "updated"),
        ("id:{ann}", {"email": "new@example.com", "phone": "48600100299"}, 200, "updated"),
        ("email:ann@example.com", {"phone": "48600100299"}, 200, "updated"),
        ("email:ann@example.com", {"email": "new@example.com"}, 409, "other_customer"),
        ("phone:48600100200", {"email": "new@example.com"}, 409, "other_customer"),
        ("phone:48600100200", {"phone": "48600100299"}, 409, "other_customer"),
        ("id:{ann}", {"email": "bob@example.com"}, 409, "different_customers"),
        ("id:{ann}", {"phone": "48600100300"}, 409, "different_customers"),
        ("id:{bob}", {"external_id": "C-1"}, 409, "different_customers"),
        ("email:bob@example.com", {"external_id": "C-2"}, 200, "updated"),
        ("id:{ann}", {"email": "ANN@example.com", "external_id": "C-1"}, 200, "unchanged"),
    ],
)
def test_a_weaker_identity_moves_no_stronger_one(client, key, address, body, status, code):
    ann = make_customer("ann@example.com", external_id="C-1", phone="48600100200")
    bob = make_customer("bob@example.com", phone="48600100300")
    path = "/" + address.format(ann=ann.pk, bob=bob.pk)
    assert told(send(client, key, "patch", path, body)) == (status, code)


def test_a_prospect_becomes_the_customer_and_keeps_what_waited(client, key):
    prospect = Customer.objects.create(email="ann@example.com", is_prospect=True)
    assign(offer=make_offer(), customers=[prospect])
    assert read(client, key, "email:ann@example.com").status_code == 404
    answer = send(client, key, "post", "", {"email": "ann@example.com", "phone": "48600100200"})
    assert answer.json() == {"id": prospect.pk, "result": "created"}
    assert read(client, key, "phone:48600100200").status_code == 200
    assert Assignment.objects.get().customer_id == prospect.pk


def test_a_known_customer_takes_over_what_waits_for_the_address(client, key):
    customer = Customer.objects.create(external_id="C-1")
    prospect = Customer.objects.create(email="ann@example.com", is_prospect=True)
    both, waiting = make_offer(), make_offer()
    assign(offer=both, customers=[customer, prospect])
    assign(offer=waiting, customers=[prospect])
    body = {"external_id": "C-1", "email": "ann@example.com"}
    assert told(send(client, key, "post", "", body)) == (200, "updated")
    assert Customer.objects.get().email == "ann@example.com"
    assert set(Assignment.objects.values_list("customer_id", "offer__assigned_count")) == {
        (customer.pk, 1)
    }
    assert Assignment.objects.count() == 2


def test_who_changed_what_is_noted(client, key):
    send(client, key, "post", "", {"email": "ann@example.com", "attributes": {"size": 38}})
    send(client, key, "patch", "/email:ann@example.com", {"first_name": "Ann"})
    noted = CustomerChange.objects.order_by("pk").values_list("way", "created", "fields")
    assert list(noted) == [("api", True, ["email", "size"]), ("api", False, ["first_name"])]
