"""The tabs of a customer's page, what may be done there, and whom it lets in."""

import datetime as dt
import json

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from customers.history import note
from customers.models import Customer, CustomerChange
from imports import worker
from imports.models import Export, Job, State
from tests.factories import (
    NOON,
    make_attribute,
    make_audience,
    make_customer,
    make_group,
    make_member,
    make_staff,
    make_user,
)
from tests.imports.runs import imported
from tests.pages import staff_with

LIST = "/admin/customers/customer/"
RIGHTS = ["customers.view_customer", "customers.change_customer"]


def page(client: Client, customer: Customer, tab: str = "") -> str:
    response = client.get(f"{LIST}{customer.pk}/change/", {"tab": tab} if tab else {})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def tabs(client: Client, customer: Customer) -> list[str]:
    response = client.get(f"{LIST}{customer.pk}/change/")
    return [tab.key for tab, _chosen in response.context["object_tabs"]]


@pytest.mark.django_db
def test_each_tab_is_seen_by_who_may_see_what_it_shows():
    customer = make_customer()
    assert tabs(staff_with(*RIGHTS), customer) == ["attributes", "history"]
    groups = staff_with(*RIGHTS, "customers.view_customergroup", "offers.view_privateoffer")
    assert tabs(groups, customer) == ["attributes", "private-offers", "groups", "history"]


@pytest.mark.django_db
def test_groups_and_audiences_say_why_the_customer_is_in_them():
    ann = make_customer("ann@example.com", first_name="Ann")
    bob = make_customer("bob@example.com", first_name="Bob")
    anns = {"field": "first_name", "is": "equals_any", "value": ["Ann"]}
    by_name = make_audience(anns, name="Anns")
    make_audience({"field": "first_name", "is": "equals_any", "value": ["Bob"]}, name="Bobs")
    drivers, sailors = make_audience(name="Test drivers"), make_audience(name="Sailors")
    cakes, pizza = make_group(title="Cake lovers"), make_group(title="Pizza lovers")
    make_group(title="Followers of Anns", type="audience", audience=by_name)
    for of, customer in ((drivers, ann), (sailors, bob), (cakes, ann), (pizza, bob)):
        make_member(of, customer)
    staff = staff_with(*RIGHTS, "customers.view_customergroup", "customers.view_audience")
    text = page(staff, ann, "groups")
    names = ["Cake lovers", "Followers of Anns", "Anns", "Test drivers"]
    others = ["Bobs", "Sailors", "Pizza lovers"]
    assert [name for name in names + others if f">{name}</a>" in text] == names
    assert "The group follows the audience “Anns”" in text
    assert "The customer meets its conditions: First name" in text
    blind = staff_with(*RIGHTS, "customers.view_customergroup")
    assert "Test drivers" not in page(blind, ann, "groups")


@pytest.mark.django_db(transaction=True)
def test_a_member_by_an_import_is_said_to_be_so():
    customer = make_customer(phone="48500111222")
    make_group(title="Cake lovers")
    job = imported("group-members", b"Group,Phone\nCake lovers,48500111222\n")
    staff = staff_with(*RIGHTS, "customers.view_customergroup")
    assert f"Added by import no. {job.pk} on" in page(staff, customer, "groups")
    assert f"/admin/imports/job/{job.pk}/" not in page(staff, customer, "groups")
    may_see_job = staff_with(*RIGHTS, "customers.view_customergroup", "customers.import_members")
    assert f"/admin/imports/job/{job.pk}/" in page(may_see_job, customer, "groups")
    assert "Import or other job: Members of customer groups" in page(staff, customer, "history")


@pytest.mark.django_db
def test_history_says_who_changed_which_fields_and_never_what_stood_there():
    customer = make_customer("old@example.com", user=make_user("signs-in@example.com"))
    make_attribute("district", "text", label="District")
    other = make_customer()
    note({other.pk: ["phone"]}, user=None, way=CustomerChange.Way.API, at=NOON)
    note({customer.pk: ["district"]}, user=None, way=CustomerChange.Way.API, at=NOON)
    staff = staff_with(*RIGHTS, first_name="Maja", last_name="Marketer")
    form = {"first_name": "Ann", "last_name": "", "birth_date": "", "phone": "", "external_id": ""}
    staff.post(f"{LIST}{customer.pk}/change/", {**form, "email": "new@example.com"})
    text = page(staff, customer, "history")
    assert "Maja Marketer</h2> <p>Changed: e-mail, first name</p>" in text
    assert "<p>Changed by the API: District</p>" in text
    assert "Signed in for the first time.: signs-in@example.com" not in text
    assert "Signed in for the first time: signs-in@example.com" in text
    assert "old@example.com" not in text
    assert "phone" not in text.split('<ol class="bo-history">')[1].split("</ol>")[0]
    assert not LogEntry.objects.exists()


@pytest.mark.django_db
def test_a_new_customer_is_noted_as_created():
    staff = staff_with(*RIGHTS, "customers.add_customer")
    empty = dict.fromkeys(("first_name", "last_name", "birth_date", "phone", "external_id"), "")
    staff.post(f"{LIST}add/", {**empty, "email": "ann@example.com"})
    change = CustomerChange.objects.get()
    assert (change.created, change.fields, change.customer.email) == (
        True,
        ["email"],
        "ann@example.com",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("tab", "queries"), [("groups", 15), ("history", 9)])
@pytest.mark.parametrize("number", [1, 3])
def test_a_tab_takes_the_same_queries_however_much_it_shows(
    tab, queries, number, django_assert_num_queries
):
    customer = make_customer("ann@example.com", first_name="Ann")
    for _ in range(number):
        make_member(make_group(), customer)
        make_member(make_audience(), customer)
        anns = make_audience({"field": "first_name", "is": "equals_any", "value": ["Ann"]})
        make_group(type="audience", audience=anns)
        staff = make_staff()
        note({customer.pk: ["email"]}, user=staff, way=CustomerChange.Way.API, at=NOON)
    client = staff_with(is_superuser=True)
    page(client, customer, tab)
    with django_assert_num_queries(queries):
        page(client, customer, tab)


@pytest.mark.django_db
def test_personal_data_are_exported_by_who_may_and_on_record():
    customer, other = make_customer("ann@example.com"), make_customer("bob@example.com")
    address = f"{LIST}{customer.pk}/personal-data/"
    stranger = staff_with(*RIGHTS, "customers.export_customers")
    assert stranger.post(address).status_code == 403
    assert "Export personal data" not in page(stranger, customer)
    client = staff_with(*RIGHTS, "customers.export_personal_data", "imports.view_export")
    assert "Export personal data" in page(client, customer)
    assert client.get(address).status_code == 405
    assert not Export.objects.exists()
    answer = client.post(address)
    assert answer.headers["Content-Disposition"].startswith(
        f'attachment; filename="customer-{customer.pk}-'
    )
    assert json.loads(answer.content)["profile"]["email"] == "ann@example.com"
    assert other.email not in answer.content.decode()
    assert Export.objects.get().filters == {"customer": customer.pk}
    records = client.get("/admin/imports/export/").content.decode()
    assert "Everything held on a customer" in records
    prospect = Customer.objects.create(email="waits@example.com", is_prospect=True)
    assert client.post(f"{LIST}{prospect.pk}/personal-data/").status_code == 404


@pytest.mark.django_db
def test_an_erasure_asks_first_and_wants_the_id_typed():
    customer = make_customer("ann@example.com")
    address = f"{LIST}{customer.pk}/erase/"
    stranger = staff_with(*RIGHTS)
    assert stranger.post(address, {"confirmation": f"id:{customer.pk}"}).status_code == 403
    assert "Erase</a>" not in page(stranger, customer)
    client = staff_with(*RIGHTS, "customers.erase_customer")
    assert f'href="{address}">Erase</a>' in page(client, customer)
    assert f"Type <strong>id:{customer.pk}</strong> to confirm" in client.get(address).text
    answer = client.post(address, {"confirmation": "ann@example.com"})
    assert f"Type id:{customer.pk} to confirm." in answer.text
    assert not Job.objects.exists()
    answer = client.post(address, {"confirmation": f" id:{customer.pk} "})
    job = Job.objects.get()
    assert answer.headers["Location"] == f"/admin/imports/job/{job.pk}/change/"
    assert (job.type, job.state, job.options) == (
        "customer-erasure",
        State.APPLYING,
        {"customer": customer.pk},
    )
    assert "The customer is being erased" in client.get(answer.headers["Location"]).text


@pytest.mark.django_db
def test_who_may_not_see_customers_is_not_asked_about_one_by_name():
    customer = make_customer(first_name="Ann", last_name="Nowak")
    client = staff_with("customers.erase_customer")
    for method in (client.get, client.post):
        assert method(f"{LIST}{customer.pk}/erase/").status_code == 403


@pytest.mark.django_db
def test_the_page_is_called_by_the_name_of_the_customer_once():
    customer = make_customer(first_name="Ann", last_name="Nowak")
    shown = page(staff_with(*RIGHTS), customer)
    title = shown.partition("</title>")[0].rpartition("<title>")[2]
    assert title.split("|") == [" Ann Nowak ", " Bespoke"]


@pytest.mark.django_db
def test_staff_and_prospects_are_not_erased():
    client = staff_with(*RIGHTS, "customers.erase_customer")
    staff = make_customer(user=make_user(is_staff=True))
    answer = client.post(f"{LIST}{staff.pk}/erase/", {"confirmation": f"id:{staff.pk}"})
    assert "This person works in the back-office." in answer.text
    prospect = Customer.objects.create(email="waits@example.com", is_prospect=True)
    for method in (client.get, client.post):
        assert method(f"{LIST}{prospect.pk}/erase/").status_code == 404
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_was_erased_is_said_on_the_job():
    customer = make_customer("ann@example.com", birth_date=dt.date(1990, 2, 3))
    make_member(make_group(), customer)
    client = staff_with(*RIGHTS, "customers.erase_customer")
    client.post(f"{LIST}{customer.pk}/erase/", {"confirmation": f"id:{customer.pk}"})
    job = Job.objects.get()
    worker.apply(job.pk)
    text = client.get(f"/admin/imports/job/{job.pk}/change/").text
    assert "1 customer erased" in text
    assert "Customer groups: 1" in text
    assert "Undo" not in text
    assert client.get(f"{LIST}{customer.pk}/change/").status_code == 302
