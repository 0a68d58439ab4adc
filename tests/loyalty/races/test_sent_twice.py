"""What is saved or undone several times at once happens once (D17, D18)."""

import uuid
from decimal import Decimal

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from imports import worker
from imports.models import Job
from loyalty.batches import adjust, begin
from loyalty.models import Batch, Entry
from loyalty.reversal import undo
from tests.factories import NOON
from tests.loyalty.ledgers import (
    adjusted,
    assert_adds_up,
    customers_with,
    entries,
    figures,
    group_of,
)
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def fifty_saves(tokens: list[uuid.UUID]) -> set[int]:
    group = group_of(*customers_with(1, 2))
    request = {"group": group, "mode": "relative", "amount": Decimal(5), "comment": "Sorry"}
    made = at_once(
        *[lambda t=token: begin(**request, user=None, token=t, at=NOON).pk for token in tokens]
    )
    for job in Job.objects.all():
        at_once(*[lambda pk=job.pk: worker.apply(pk)] * 2)
    assert_adds_up()
    return set(made)


def test_the_same_batch_saved_fifty_times_at_once_is_one_D17():
    (job,) = fifty_saves([uuid.uuid4()] * 50)
    assert Job.objects.get().pk == job
    assert ProcrastinateJob.objects.filter(args={"job_id": job}).count() == 1
    assert figures(Batch.objects.get()) == (2, 2, 10, 0)
    assert Entry.objects.exclude(batch_id=None).count() == 2


def test_without_the_token_they_would_be_as_many():
    """The control: each form has a token of its own."""
    assert len(fifty_saves([uuid.uuid4() for _ in range(10)])) == 10
    assert Entry.objects.exclude(batch_id=None).count() == 20


def test_one_customer_s_form_sent_twenty_times_at_once_is_one_batch_D18():
    (ann,) = customers_with(10)
    request = {"customer": ann, "mode": "relative", "amount": Decimal(-3), "comment": "Sorry"}
    token = uuid.uuid4()
    made = at_once(*[lambda: adjust(**request, user=None, token=token, at=NOON).total] * 20)
    assert made == [-3] * 20
    assert entries(ann) == [("issued", 10), ("adjusted", -3)]


def test_undo_pressed_at_once_undoes_once_D17():
    (ann,) = customers_with(10)
    batch = adjusted(ann, 5)
    made = at_once(*[lambda: undo(batch=batch, user=None, at=NOON).pk] * 10)
    assert len(set(made)) == 1
    assert entries(ann) == [("issued", 10), ("issued", 5), ("adjusted", -5)]
