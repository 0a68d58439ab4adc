"""Nothing that was posted can be changed, deleted or emptied, whoever asks (P8)."""

from decimal import Decimal

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction

from loyalty.ledger import credit, debit
from loyalty.models import Batch, Entry, Lot, LotUse
from tests.factories import NOON

pytestmark = pytest.mark.django_db

TABLES = ["loyalty_entry", "loyalty_lot", "loyalty_lotuse", "loyalty_batch"]


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def refused(sql: str) -> bool:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        execute(sql)
    return True


@pytest.fixture(autouse=True)
def some_entries() -> None:
    credit(customer_id=1, amount=Decimal(10), at=NOON)
    debit(customer_id=1, amount=Decimal(4), at=NOON)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE loyalty_entry SET amount = amount + 1",
        "UPDATE loyalty_entry SET customer_id = 2",
        "DELETE FROM loyalty_entry",
        "INSERT INTO loyalty_entry SELECT * FROM loyalty_entry"
        " ON CONFLICT (customer_id, id) DO UPDATE SET amount = 5",
        "UPDATE loyalty_lotuse SET amount = 1",
        "DELETE FROM loyalty_lotuse",
        "UPDATE loyalty_lot SET amount = 20",
        "UPDATE loyalty_lot SET expires_at = now()",
        "UPDATE loyalty_lot SET opens_at = now()",
        "UPDATE loyalty_lot SET customer_id = 2",
        "UPDATE loyalty_lot SET entry_id = 2",
        "DELETE FROM loyalty_lot",
        "DELETE FROM loyalty_batch",
    ],
)
def test_the_database_refuses_P8(sql):
    assert refused(sql)


@pytest.mark.parametrize("table", TABLES)
def test_the_database_refuses_to_empty_a_table_P8(table):
    assert refused(f"TRUNCATE {table}")


def test_ignored_triggers_do_not_help_P8():
    with pgtrigger.ignore():
        assert refused("DELETE FROM loyalty_entry")


@pytest.mark.usefixtures("replica")
def test_a_replica_s_session_does_not_help_P8():
    execute("SET LOCAL session_replication_role = replica")
    assert refused("UPDATE loyalty_entry SET amount = 1")
    assert refused("DELETE FROM loyalty_lot")


@pytest.mark.parametrize("change", ["remaining = -1", "remaining = 11"])
def test_what_is_left_of_a_lot_is_between_nothing_and_all_P8(change):
    with pytest.raises(IntegrityError, match="lot_remaining_is_of_it"), transaction.atomic():
        execute(f"UPDATE loyalty_lot SET {change}")


def test_the_orm_is_refused_as_well_P8():
    for model in (Entry, Lot, LotUse):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            model.objects.all().delete()
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            model.objects.update(amount=7)


@pytest.mark.parametrize(
    ("purpose", "amount"),
    [("issued", -1), ("issued", 0), ("redeemed", 1), ("redeemed", 0), ("expired", 1)],
)
def test_a_purpose_that_does_not_fit_the_sign_is_refused_P8(purpose, amount):
    with pytest.raises(IntegrityError, match="entry_sign_fits_purpose"), transaction.atomic():
        Entry.objects.create(customer_id=1, purpose=purpose, amount=amount, at=NOON)


def test_of_a_batch_what_was_asked_is_final_and_the_figures_are_once_posted_P8():
    batch = Batch.objects.create(
        kind="single", customer_id=1, mode="relative", amount=5, comment="why", created_at=NOON
    )
    of_it = Batch.objects.filter(pk=batch.pk)
    for change in ({"amount": 6}, {"mode": "absolute"}, {"customer_id": 2}, {"comment": "else"}):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            of_it.update(**change)
    of_it.update(posted_at=NOON, members=1, changed=1, total=5)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        of_it.update(total=6)
    of_it.update(comment="")  # as the person's erasure needs
