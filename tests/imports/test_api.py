"""The API of imports: the same jobs, rights and refusals as on the Import page (T26, T34)."""

import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from customers.keys import Scope
from imports import jobs, worker
from imports.models import IdempotencyKey, Job, State
from offers.models import Assignment
from tests.api_keys import key_of
from tests.factories import make_offer, make_staff
from tests.patience import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)

EMAILS = "private-offer-emails"
ROWS = b"Email,Offer ID\nann@example.com,cakes\nbob@example.com,cakes\nnobody,cakes\n"


@pytest.fixture
def key(db) -> dict[str, str]:
    return key_of(make_staff("offers.import_assignments"), Scope.IMPORTS_WRITE)


def post(client: Client, key, data: bytes = ROWS, *, type: str = EMAILS, headers=None, **fields):
    file = SimpleUploadedFile("list.csv", data)
    path = f"/api/v1/imports/{type}"
    return client.post(path, {"file": file, **fields}, headers={**key, **(headers or {})})


def get(client: Client, key, job_id: str, part: str = ""):
    return client.get(f"/api/v1/imports/{job_id}{part}", headers=key)


def run_worker(files: Path, folder: Path) -> None:
    """A worker process on the test's database, until nothing is queued."""
    (folder / "private").symlink_to(files)
    place = connection.settings_dict
    subprocess.run(
        [sys.executable, "manage.py", "procrastinate", "worker", "--one-shot"],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DATABASE_URL": f"postgres://{place['USER']}@/{place['NAME']}?host={place['HOST']}",
            "DEBUG": "1",
            "SECRET_KEY": "only-for-tests",
            "STATE_DIR": str(folder),
        },
        check=True,
        timeout=PATIENCE,
    )


def refusal(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def assigned() -> set[tuple[str, str]]:
    return set(Assignment.objects.values_list("customer__email", "offer__name"))


def step(job_id: str, do) -> None:
    do(Job.objects.get(public_id=job_id).pk)


def test_a_file_is_checked_confirmed_and_its_rejects_fetched_T34(client, key):
    make_offer(name="cakes")
    started = post(client, key)
    assert (started.status_code, started.json()["state"]) == (202, "checking")
    job_id = started.json()["id"]
    assert started["Location"] == f"/api/v1/imports/{job_id}"
    assert refusal(client.post(f"/api/v1/imports/{job_id}/confirm", headers=key)) == (
        409,
        "not_ready",
    )
    step(job_id, worker.check)
    checked = get(client, key, job_id).json()
    assert (checked["state"], checked["counts"], assigned()) == (
        "ready",
        {"created": 2, "updated": 0, "unchanged": 0, "deleted": 0, "rejected": 1},
        set(),
    )
    assert checked["reasons"] == [
        {
            "code": "email",
            "reason": "This is not an e-mail address.",
            "count": 1,
            "first_line": 4,
        }
    ]
    for _ in range(2):
        answer = client.post(f"/api/v1/imports/{job_id}/confirm", headers=key)
        assert (answer.status_code, answer.json()["state"]) == (202, "applying")
    step(job_id, worker.apply)
    done = get(client, key, job_id).json()
    assert (done["state"], done["progress"]) == ("done", 1.0)
    assert assigned() == {("ann@example.com", "cakes"), ("bob@example.com", "cakes")}
    rejects = client.get(done["rejects"], headers=key)
    assert b"".join(rejects.streaming_content).decode().splitlines() == [
        "Email,Offer ID,Line,Reason",
        "nobody,cakes,4,This is not an e-mail address.",
    ]


def test_an_import_confirmed_in_advance_is_applied_by_the_worker_alone(client, key, tmp_path):
    make_offer(name="cakes")
    job_id = post(client, key, confirm="true").json()["id"]
    run_worker(storages["private"].location, tmp_path)
    assert get(client, key, job_id).json()["state"] == "done"
    assert assigned() == {("ann@example.com", "cakes"), ("bob@example.com", "cakes")}


def test_a_public_offer_takes_no_emails_T26(client, key):
    offer = make_offer(name="cakes", is_public=True)
    assert refusal(post(client, key, b"Email\na@example.com\n", offer=str(offer.pk))) == (
        409,
        "public_offer",
    )
    assert not Job.objects.exists()
    job_id = post(client, key).json()["id"]
    step(job_id, worker.check)
    answer = get(client, key, job_id).json()
    assert [(r["code"], r["count"]) for r in answer["reasons"]] == [("public_offer", 3)]


def test_a_chosen_offer_needs_only_emails_T11(client, key):
    offer = make_offer(name="cakes")
    job_id = post(client, key, b"Email\nann@example.com\n", offer=str(offer.pk)).json()["id"]
    step(job_id, worker.check)
    assert get(client, key, job_id).json()["counts"]["created"] == 1


def test_the_same_idempotency_key_gives_the_same_import_or_a_conflict(client, key):
    make_offer(name="cakes")
    once = {"Idempotency-Key": "monday"}
    first = post(client, key, headers=once)
    again = post(client, key, headers=once)
    assert (again.status_code, again.json()["id"]) == (202, first.json()["id"])
    conflict = (409, "idempotency_key_reused")
    assert refusal(post(client, key, ROWS + b"x,y\n", headers=once)) == conflict
    assert refusal(post(client, key, confirm="true", headers=once)) == conflict
    assert Job.objects.count() == 1
    other = key_of(make_staff("offers.import_assignments"), Scope.IMPORTS_WRITE)
    assert post(client, other, headers=once).json()["id"] != first.json()["id"]
    assert post(client, key).json()["id"] != first.json()["id"]


def test_a_refused_request_does_not_use_up_its_idempotency_key(client, key):
    offer = make_offer(name="cakes")
    once = {"Idempotency-Key": "monday"}
    assert refusal(post(client, key, offer="0", headers=once)) == (422, "invalid")
    assert not IdempotencyKey.objects.exists()
    assert post(client, key, offer=str(offer.pk), headers=once).status_code == 202


def test_what_cannot_be_imported_is_said_with_a_code(client, key):
    assert refusal(post(client, key, type="nothing")) == (404, "unknown_type")
    assert refusal(post(client, key, type="private-offer-emails-withdrawal")) == (
        404,
        "unknown_type",
    )
    assert refusal(post(client, key, encoding="klingon")) == (422, "unknown_encoding")
    assert refusal(post(client, key, offer="999")) == (422, "invalid")
    manager = key_of(make_staff("customers.import_customers"), Scope.IMPORTS_WRITE)
    assert refusal(post(client, manager, type="customers", offer="1")) == (422, "unknown_option")
    answer = client.post(f"/api/v1/imports/{EMAILS}", {}, headers=key)
    assert refusal(answer) == (422, "malformed")
    assert refusal(post(client, key, headers={"Idempotency-Key": "x" * 256})) == (422, "malformed")
    assert not Job.objects.exists()


def test_a_key_may_no_more_than_its_maker(client, key):
    make_offer(name="cakes")
    job_id = post(client, key).json()["id"]
    step(job_id, worker.check)
    stranger = key_of(make_staff("customers.import_customers"), Scope.IMPORTS_WRITE)
    reader = key_of(make_staff("offers.import_assignments"), Scope.PRIVATE_OFFERS_READ)
    assert refusal(post(client, stranger)) == (403, "permission")
    assert refusal(post(client, reader)) == (403, "scope")
    assert refusal(post(client, {})) == (401, "no_key")
    for part in ("", "/rejects"):
        assert refusal(get(client, stranger, job_id, part)) == (404, "unknown_import")
        assert refusal(get(client, reader, job_id, part)) == (403, "scope")
        assert refusal(get(client, {}, job_id, part)) == (401, "no_key")
        assert refusal(get(client, key, str(uuid.uuid4()), part)) == (404, "unknown_import")
    confirm = f"/api/v1/imports/{job_id}/confirm"
    assert refusal(client.post(confirm, headers=stranger)) == (404, "unknown_import")
    assert Job.objects.get().state == State.READY


def test_an_import_without_rejects_has_no_rejects_file(client, key):
    make_offer(name="cakes")
    job_id = post(client, key, ROWS[:-13]).json()["id"]
    step(job_id, worker.check)
    assert get(client, key, job_id).json()["rejects"] is None
    assert refusal(get(client, key, job_id, "/rejects")) == (404, "no_rejects")


def test_a_refused_file_says_why(client, key):
    job_id = post(client, key, b"Mail\nann@example.com\n", confirm="true").json()["id"]
    step(job_id, worker.check)
    answer = get(client, key, job_id).json()
    assert (answer["state"], "has no column" in answer["message"]) == ("refused", True)


def test_a_dropped_import_is_not_confirmed(client, key):
    make_offer(name="cakes")
    job_id = post(client, key).json()["id"]
    step(job_id, worker.check)
    jobs.cancel(Job.objects.get())
    answer = client.post(f"/api/v1/imports/{job_id}/confirm", headers=key)
    assert refusal(answer) == (409, "not_ready")
