"""An erased person is found nowhere afterwards, and what sums up stays right."""

import io
import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from openpyxl import Workbook

from customers import personal_data
from customers.erasure.registry import undo_types
from customers.history import note
from customers.models import (
    Audience,
    AudienceMember,
    Customer,
    CustomerChange,
    CustomerGroup,
    GroupMember,
    User,
)
from imports import jobs, registry, worker
from imports.models import Export, IdempotencyKey, Job, State
from loyalty.ledger import credit
from loyalty.models import Batch, Entry
from offers.assignment import assign
from offers.models import Assignment, PrivateOffer
from tests.factories import (
    NOON,
    make_audience,
    make_customer,
    make_group,
    make_member,
    make_offer,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)

EMAIL, FORMER = "annabella@quxley.example", "anna.old@quxley.example"
PHONE, EXTERNAL_ID = "48500111222", "CRM-ANN-77"
TRACES = [EMAIL, FORMER, PHONE, EXTERNAL_ID, "Annabella", "Quxleyowa", "+48 500-111-222"]


@pytest.fixture(autouse=True)
def no_files():
    """Nothing is left over from other tests, nor for them."""
    yield clear()
    clear()


def clear() -> None:
    shutil.rmtree(storages["private"].location, ignore_errors=True)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs; DELETE FROM cache")


def started(type: str, data: bytes | None = None, name: str = "list.csv", **options) -> Job:
    file = ContentFile(data, name=name) if data is not None else None
    return jobs.start(type=type, user=None, file=file, options=options, in_background=False)


def checked(type: str, data: bytes, name: str = "list.csv") -> Job:
    job = started(type, data, name)
    worker.check(job.pk)
    job.refresh_from_db()
    assert job.state in (State.READY, State.REFUSED), job.message
    return job


def done(type: str, data: bytes | None = None, **options) -> Job:
    if data is None:
        job = started(type, **options)
    else:
        job = checked(type, data)
        jobs.confirm(job, in_background=False)
    worker.apply(job.pk)
    job.refresh_from_db()
    assert job.state == State.DONE, job.message
    return job


def erase(customer: Customer) -> Job:
    return done("customer-erasure", customer=customer.pk)


def ann(**fields) -> Customer:
    user = make_user(EMAIL, first_name="Annabella")
    names = {"first_name": "Annabella", "last_name": "Quxleyowa"}
    return make_customer(EMAIL, phone=PHONE, external_id=EXTERNAL_ID, user=user, **names, **fields)


def tables_that_hold(*texts: str) -> dict[str, list[str]]:
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT "{table}"::text FROM "{table}" WHERE EXISTS (SELECT FROM'
                f" unnest(%s::text[]) AS own WHERE \"{table}\"::text ILIKE '%%' || own || '%%')",
                [list(texts)],
            )
            if rows := [row for (row,) in cursor.fetchall()]:
                found[table] = rows
    sessions = [str(Session.get_decoded(each)) for each in Session.objects.all()]
    if rows := [each for each in sessions if any(text.lower() in each.lower() for text in texts)]:
        found["sessions"] = rows
    return found


def files_that_hold(*texts: str) -> list[str]:
    folder = Path(storages["private"].location)
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(text.encode() in path.read_bytes() for text in texts)
    ]


def stored_files() -> list[str]:
    return sorted(p.name for p in Path(storages["private"].location).rglob("*") if p.is_file())


@pytest.fixture
def spread() -> Customer:
    """A customer who is in all the places where a person can be."""
    header = "External ID,Email,Phone,First name\n"
    done("customers", f"{header}{EXTERNAL_ID},{FORMER},{PHONE},Anna\n".encode())
    done("customers", f"{header}{EXTERNAL_ID},{EMAIL},,Annabella\nC-2,bob@example.com,,\n".encode())
    customer = Customer.objects.get(email=EMAIL)
    customer.last_name, customer.user = "Quxleyowa", make_user(EMAIL, first_name="Annabella")
    customer.attributes = {"nickname": "Annabella Q."}
    customer.save()
    bob = Customer.objects.get(email="bob@example.com")
    make_offer(name="pizza")
    assign(offer=make_offer(name="cakes"), customers=[bob])
    rows = f"Email,Offer ID\n{EMAIL.upper()},cakes\n{FORMER},pizza\n{EMAIL},unknown\nx,cakes\n"
    done("private-offer-emails", rows.encode())
    gone = make_offer(name="gone")
    assign(offer=gone, customers=[customer, bob])
    done("private-offer-emails-withdrawal", offer=gone.pk)
    for group in (make_group(title="Cake lovers"), make_group(title="Pizza lovers")):
        make_member(group, bob)
    done("group-members", b"Group,Phone\nCake lovers,+48 500-111-222\nNobodys,48 500 111 222\n")
    fixed = make_audience(name="Test drivers")
    make_member(fixed, bob)
    done("audience-members", f"Audience,Customer\nTest drivers,external:{EXTERNAL_ID}\n".encode())
    make_audience({"field": "email", "is": "equals_any", "value": [EMAIL, "bob@example.com"]})
    make_audience({"not": {"field": "phone", "is": "equals_any", "value": [PHONE]}})
    staff = make_staff(is_superuser=True)
    leave_traces_of_staff(staff, customer)
    leave_traces_of_signing_in(customer)
    checked("private-offer-emails", f"Email,Offer ID\n{EMAIL},cakes\n".encode())
    checked("private-offer-emails", b"Email,Offer ID\nbob@example.com,cakes\n", "bob.csv")
    book = Workbook()
    book.active.append(["Email", "Offer ID", "Note"])
    book.active.append(["bob@example.com", "cakes", f"friend of {EMAIL}, {EMAIL}"])
    xlsx = io.BytesIO()
    book.save(xlsx)
    checked("private-offer-emails", xlsx.getvalue(), f"{EMAIL}.xlsx")
    started("private-offer-emails", f"Email,Offer ID\n{EMAIL},pizza\n".encode())
    return customer


def leave_traces_of_staff(staff: User, customer: Customer) -> None:
    client = Client()
    client.force_login(staff)
    page = f"/admin/customers/customer/{customer.pk}"
    form = {"first_name": "Annabella", "last_name": "Quxleyowa", "birth_date": "1990-02-14"}
    identity = {"email": EMAIL, "phone": PHONE, "external_id": EXTERNAL_ID}
    assert client.post(f"{page}/change/", {**form, **identity}).status_code == 302
    client.post(f"{page}/personal-data/")
    about = ContentType.objects.get_for_model(Customer)
    LogEntry.objects.create(
        user=staff,
        content_type=about,
        object_id=str(customer.pk),
        object_repr="Annabella Quxleyowa",
        action_flag=CHANGE,
    )
    LogEntry.objects.create(
        user=staff,
        content_type=ContentType.objects.get_for_model(CustomerGroup),
        object_id="1",
        object_repr=f"without {EMAIL}",
        action_flag=CHANGE,
        change_message=PHONE,
    )
    credit(customer_id=customer.pk, amount=Decimal(10), at=NOON)
    Batch.objects.create(
        kind="single",
        customer_id=customer.pk,
        mode="relative",
        amount=5,
        comment="Annabella complained",
        created_at=NOON,
    )
    Export.objects.create(type="customers", filters={"email": EMAIL}, format="csv")
    IdempotencyKey.objects.create(caller="key:1", key=f"{EMAIL}-1", fingerprint="0")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
            " VALUES ('q', 't', %s, 'failed')",
            [json.dumps({"to": EMAIL})],
        )
        cursor.execute(
            "INSERT INTO pghistory_context (id, created_at, updated_at, metadata) VALUES"
            " (gen_random_uuid(), now(), now(), %s), (gen_random_uuid(), now(), now(), %s)",
            [
                json.dumps({"user": customer.user_id, "url": f"/api/v1/customers/email:{EMAIL}"}),
                json.dumps({"user": staff.pk, "url": f"{page}/change/"}),
            ],
        )


def leave_traces_of_signing_in(customer: Customer) -> None:
    signed_in, waiting = Client(), Client()
    signed_in.force_login(customer.user)
    waiting.post("/account/sign-in/", {"email": EMAIL}, follow=True)
    session = waiting.session
    session["account_login"] = {"email": EMAIL}
    session.save()


def test_an_erased_person_is_found_nowhere(spread):
    assert {"customers_customer", "imports_undorecord", "sessions"} < set(tables_that_hold(*TRACES))
    assert files_that_hold(*TRACES)
    job = erase(spread)
    assert tables_that_hold(*TRACES) == {}
    assert files_that_hold(*TRACES) == []
    assert not User.objects.filter(pk=spread.user_id).exists()
    assert job.deleted == 1
    assert not job.can_be_undone


def test_what_is_not_theirs_stays_and_the_counts_are_right(spread):
    erase(spread)
    bob = Customer.objects.get(email="bob@example.com")
    assert Customer.objects.count() == 1
    assert set(Assignment.objects.values_list("customer_id", "offer__name")) == {(bob.pk, "cakes")}
    for offer in PrivateOffer.objects.all():
        assert offer.assigned_count == Assignment.objects.filter(offer=offer).count()
    for group in CustomerGroup.objects.all():
        assert (group.members_count, group.members.count()) == (1, 1)
    fixed = Audience.objects.get(name="Test drivers")
    assert (fixed.members_count, AudienceMember.objects.count()) == (1, 1)
    assert GroupMember.objects.count() == 2
    conditions = Audience.objects.filter(kind="dynamic").order_by("pk")
    assert [each.conditions for each in conditions] == [
        {"field": "email", "is": "equals_any", "value": ["erased", "bob@example.com"]},
        {"not": {"field": "phone", "is": "equals_any", "value": ["erased"]}},
    ]
    assert [entry.amount for entry in Entry.objects.filter(customer_id=spread.pk)] == [10]
    assert Job.objects.get(file_name="bob.csv").state == State.READY
    assert Export.objects.filter(filters={}).count() == 2


def test_undo_goes_on_without_the_erased(spread):
    erase(spread)
    for job in Job.objects.filter(state=State.DONE).order_by("-pk"):
        if jobs.undo(job, in_background=False):
            worker.undo(job.pk)
            job.refresh_from_db()
            assert job.state == State.UNDONE, (job.type, job.message)
    assert tables_that_hold(*TRACES) == {}
    assert list(
        Assignment.objects.values_list("customer__email", "offer__name").order_by("pk")
    ) == [
        ("bob@example.com", "cakes"),
        ("bob@example.com", "gone"),
    ]


def test_jobs_that_would_bring_the_person_back_are_cancelled_and_say_so():
    customer = ann()
    make_offer(name="cakes")
    rows = f"Email,Offer ID\n{EMAIL},cakes\n".encode()
    ready, queued = checked("private-offer-emails", rows), started("private-offer-emails", rows)
    erase(customer)
    for job in (ready, queued):
        worker.check(job.pk)
        worker.apply(job.pk)
        job.refresh_from_db()
        assert (job.state, bool(job.file)) == (State.CANCELLED, False)
        assert job.message.startswith("A person whom this file named was erased.")
    assert Customer.objects.count() == 0
    assert stored_files() == []


def test_rejects_lose_only_the_lines_that_name_the_person():
    customer = ann()
    lines = [EMAIL.upper(), "bob@example.com", f"'{EMAIL}", "no address"]
    rows = "Email,Offer ID\n" + "".join(f"{line},nothing\n" for line in lines)
    broken = f'"{EMAIL}" x,nothing\n'
    job = done("private-offer-emails", (rows + broken).encode())
    with job.rejects.open("rb") as file:
        assert EMAIL in file.read().decode()
    erase(customer)
    job.refresh_from_db()
    with job.rejects.open("rb") as file:
        kept = [line.split(",")[0] for line in file.read().decode().splitlines()]
    assert kept[:2] == ["Email", "bob@example.com"]
    assert EMAIL not in "".join(kept).lower()
    assert "no address" in kept
    assert not job.file
    assert len(job.notes) == 2


def test_an_identity_that_is_anothers_by_now_is_left_to_them():
    header = "External ID,Email\n"
    done("customers", f"{header}{EXTERNAL_ID},{FORMER}\n".encode())
    done("customers", f"{header}{EXTERNAL_ID},{EMAIL}\n".encode())
    other = make_customer(FORMER)
    make_offer(name="cakes")
    job = checked("private-offer-emails", f"Email,Offer ID\n{FORMER},cakes\n".encode())
    erase(Customer.objects.get(email=EMAIL))
    job.refresh_from_db()
    assert job.state == State.READY
    assert list(Customer.objects.all()) == [other]


def test_staff_are_not_erased():
    customer = ann()
    User.objects.filter(pk=customer.user_id).update(is_staff=True)
    with pytest.raises(Exception, match="works in the back-office"):
        started("customer-erasure", customer=customer.pk)
    assert Customer.objects.get() == customer


def test_a_customer_who_is_gone_by_then_is_a_clear_refusal():
    customer = ann()
    job = started("customer-erasure", customer=customer.pk)
    Customer.objects.all().delete()
    worker.apply(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == (State.REFUSED, "There is no such customer.")


def test_every_type_of_job_has_said_whether_its_undo_records_name_customers():
    without_customers = {"attribute-removal", "customer-erasure", "group-cashback"}
    assert undo_types | without_customers == set(registry.registered)


def test_the_command_erases_who_is_named(capsys):
    customer = ann()
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase", f"email:{EMAIL}")
    with pytest.raises(CommandError, match="no such customer"):
        call_command("erase", "id:1", yes=True)
    call_command("erase", f"phone:+{PHONE}", yes=True)
    assert capsys.readouterr().out == f"id:{customer.pk} is erased.\n"
    assert not Customer.objects.exists()


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
