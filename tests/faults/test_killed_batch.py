"""kill -9 in the middle of a group's cashback: posted whole or not at all, and once (D17)."""

import signal
import uuid
from decimal import Decimal

import pytest
from django.db import connection

from customers.models import CustomerGroup
from imports import jobs
from imports.models import Job, State
from loyalty.batches import begin
from loyalty.models import Batch
from tests.factories import NOON, make_group
from tests.faults.site import (
    left_over_tables,
    wait_for_state,
    wait_for_statement,
    wait_until,
)

pytestmark = pytest.mark.faults

POSTED = "SELECT count(*), coalesce(sum(amount), 0) FROM loyalty_entry"
NOBODY_WORKS = (
    "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE query ~ 'loyalty_(entry|lot)'"
    " AND state <> 'idle' AND pid <> pg_backend_pid())"
)


def one(sql: str, *values: object) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


@pytest.fixture
def group(site) -> CustomerGroup:
    """Everybody, each with 10."""
    group = make_group()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO customers_groupmember (customer_id, group_id)"
            " SELECT id, %s FROM customers_customer",
            [group.pk],
        )
        cursor.execute(
            "WITH made AS (INSERT INTO loyalty_entry (customer_id, purpose, amount, at)"
            " SELECT id, 'issued', 10, now() FROM customers_customer RETURNING customer_id, id)"
            " INSERT INTO loyalty_lot (customer_id, entry_id, amount, remaining)"
            " SELECT customer_id, id, 10, 10 FROM made"
        )
    return group


def save(group: CustomerGroup, amount: int) -> Job:
    return begin(
        group=group,
        mode="relative",
        amount=Decimal(amount),
        comment="Sorry",
        user=None,
        token=uuid.uuid4(),
        at=NOON,
    )


def kill_in(site, statement: str) -> None:
    """And wait until the server has noticed."""
    site.start_worker()
    wait_for_statement(statement)
    site.signal_worker(signal.SIGKILL)
    wait_until(lambda: one(NOBODY_WORKS)[0], seconds=30)


@pytest.mark.parametrize(
    ("amount", "statement"),
    [
        (5, "INSERT INTO loyalty_entry"),
        (5, "INSERT INTO loyalty_lot"),
        (-4, "FROM loyalty_account AS account"),
        (-4, "INSERT INTO loyalty_lotuse"),
    ],
)
def test_a_batch_is_posted_by_the_next_worker_and_once_D17(site, group, amount, statement):
    members, before = one(POSTED)
    job = save(group, amount)
    kill_in(site, statement)
    assert one(POSTED) == (members, before)  # nothing
    assert Batch.objects.get().posted_at is None
    site.start_worker()
    print(f"done {wait_for_state(job, State.DONE):.1f} s after the kill in {statement}")
    assert one(POSTED) == (2 * members, before + members * amount)  # everything
    batch = Batch.objects.get()
    assert (batch.members, batch.total, left_over_tables()) == (members, members * amount, [])


def test_an_undo_is_done_by_the_next_worker_and_once_D17(site, group):
    members, before = one(POSTED)
    job = save(group, -4)
    site.start_worker()
    wait_for_state(job, State.DONE)
    site.signal_worker(signal.SIGKILL)
    jobs.undo(job)
    kill_in(site, "INSERT INTO loyalty_lotuse")
    assert one(POSTED) == (2 * members, before - 4 * members)
    site.start_worker()
    wait_for_state(job, State.UNDONE)
    assert one(POSTED) == (3 * members, before)
    assert one("SELECT count(*), sum(remaining) FROM loyalty_lot") == (members, before)
    assert one("SELECT count(*) FROM pg_class WHERE relname LIKE 'loyalty_undo%%'") == (0,)
