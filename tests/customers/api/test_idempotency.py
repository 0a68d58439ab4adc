"""A request that is sent twice with its key is carried out once."""

import datetime as dt

import pytest
from django.utils import timezone

from customers.models import Customer
from imports import expiry
from imports.models import IdempotencyKey
from tests.api_keys import key_of
from tests.customers.api.requests import ANN, BOTH, RIGHTS, send, told
from tests.factories import make_staff

pytestmark = pytest.mark.django_db


def test_an_idempotency_key_gives_the_same_answer_again_or_a_conflict(client, key):
    once = {"Idempotency-Key": "monday"}
    body = {"external_id": "C-1", "first_name": "Ann"}
    first = send(client, key, "post", "", body, **once)
    Customer.objects.update(first_name="Anna")
    again = send(client, key, "post", "", body, **once)
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert Customer.objects.get().first_name == "Anna"
    other = {**body, "first_name": "Eve"}
    conflict = (409, "idempotency_key_reused")
    assert told(send(client, key, "post", "", other, **once)) == conflict
    assert told(send(client, key, "patch", "/external:C-1", body, **once)) == conflict
    batch = {"customers": [body]}
    assert told(send(client, key, "post", "/batch", batch, **once)) == conflict
    another = key_of(make_staff(*RIGHTS), *BOTH)
    assert told(send(client, another, "post", "", body, **once)) == (200, "updated")


def test_a_refused_request_leaves_its_idempotency_key_free(client, key):
    once = {"Idempotency-Key": "monday"}
    assert told(send(client, key, "post", "", {"email": "ann"}, **once)) == (422, "invalid")
    body = {"email": "ann@example.com"}
    assert told(send(client, key, "post", "", body, **once)) == (201, "created")


def test_a_key_that_cannot_be_stored_is_refused(client, key):
    answer = send(client, key, "post", "", ANN, **{"Idempotency-Key": "mon\0day"})
    assert told(answer) == (422, "malformed")
    assert list(Customer.objects.all()) == []


def test_answers_are_kept_without_anything_personal_and_for_a_time(client, key, settings):
    once = {"Idempotency-Key": "monday"}
    entries = [ANN, {"email": "nobody@"}]
    send(client, key, "post", "/batch", {"customers": entries}, **once)
    (kept,) = IdempotencyKey.objects.values()
    assert not any(word in str(kept).lower() for word in ("ann", "nobody", "4860", "sovetsky"))
    kept_for = dt.timedelta(days=settings.IMPORT_FILES_KEPT_DAYS)
    expiry.forget_answers(timezone.now() + kept_for / 2)
    assert IdempotencyKey.objects.exists()
    expiry.forget_answers(timezone.now() + kept_for + dt.timedelta(minutes=1))
    assert not IdempotencyKey.objects.exists()
