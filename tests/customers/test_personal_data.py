"""The file of everything that is held on a person."""

import json

import pytest

from customers import personal_data
from customers.history import note
from customers.models import CustomerChange
from imports.models import Export
from offers.assignment import assign
from tests.customers.traces import EMAIL, EXTERNAL_ID, TRACES, ann
from tests.factories import NOON, make_customer, make_offer, make_staff

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_files")]


def test_everything_held_on_a_person_is_in_their_file(spread):
    other = make_customer("other@example.com", first_name="Zebulon")
    assign(offer=make_offer(name="others"), customers=[other])
    note({spread.pk: ["email"]}, user=None, way=CustomerChange.Way.API, at=NOON)
    held = json.loads(personal_data.export(customer=spread, user=None, at=NOON))
    assert held["profile"]["email"] == EMAIL
    assert held["profile"]["external_id"] == EXTERNAL_ID
    assert held["sign_in"]["email"] == EMAIL
    assert [offer["system_name"] for offer in held["private_offers"]] == ["cakes"]
    assert held["groups_and_audiences"]["groups"] == ["Cake lovers"]
    assert "Test drivers" in held["groups_and_audiences"]["audiences"]
    assert held["cashback"]["balance"] == "10.00"
    assert [change["way"] for change in held["changes"]] == ["backoffice", "api"]
    assert {each["type"] for each in held["imports"]} == {
        "customers",
        "private-offer-emails",
        "private-offer-emails-withdrawal",
        "group-members",
        "audience-members",
    }
    assert "Zebulon" not in json.dumps(held)


def test_a_file_of_personal_data_is_on_record_without_personal_data(caplog):
    customer = ann()
    staff = make_staff()
    personal_data.export(customer=customer, user=staff, at=NOON)
    record = Export.objects.get()
    assert (record.type, record.filters, record.user) == (
        "personal-data",
        {"customer": customer.pk},
        staff,
    )
    assert not any(trace in caplog.text for trace in TRACES)
