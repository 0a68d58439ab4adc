"""A person of many names, the traces that people leave in tables and files, and who finds them."""

import json
import shutil
from decimal import Decimal
from pathlib import Path

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.storage import storages
from django.db import connection
from django.test import Client

from customers.models import Customer, CustomerGroup, User
from imports.models import Export, IdempotencyKey, Job
from loyalty.ledger import credit
from loyalty.models import Batch
from tests.factories import NOON, make_customer, make_user
from tests.imports.runs import changed

EMAIL, FORMER = "annabella@quxley.example", "anna.old@quxley.example"
PHONE, EXTERNAL_ID = "48500111222", "CRM-ANN-77"
TRACES = [EMAIL, FORMER, PHONE, EXTERNAL_ID, "Annabella", "Quxleyowa", "+48 500-111-222"]


def clear() -> None:
    shutil.rmtree(storages["private"].location, ignore_errors=True)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs; DELETE FROM cache")


def erase(customer: Customer) -> Job:
    return changed("customer-erasure", customer=customer.pk)


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
