"""People who add to a group and remove from it at once, beside a control without the lock."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction

from customers import membership
from customers.membership import add, remove
from customers.models import CustomerGroup, GroupMember
from tests.factories import make_customer, make_group
from tests.patience import PATIENCE
from tests.races import at_once, on_own_connection

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = 48600100200
WAITING = (
    "SELECT count(*) FROM pg_locks"
    " WHERE NOT granted AND transactionid = pg_current_xact_id_if_assigned()::xid"
)


def make_customers(number: int) -> list[str]:
    return [make_customer(phone=str(FIRST + n)).phone for n in range(number)]


def counted_and_true(group: CustomerGroup) -> tuple[int, int]:
    group.refresh_from_db()
    return group.members_count, GroupMember.objects.filter(group=group).count()


def test_overlapping_lists_pasted_at_once_are_counted_once():
    numbers, group = make_customers(60), make_group()
    lists = [numbers[n : n + 30][:: (-1) ** n] for n in range(0, 30, 3)]
    additions = at_once(*(lambda mine=mine: add(group=group, numbers=mine) for mine in lists))
    assert sum(addition.added for addition in additions) == 57
    assert counted_and_true(group) == (57, 57)


def test_adding_and_removing_at_once_ends_with_a_true_count():
    numbers, group = make_customers(40), make_group()
    customers = [make_customer(phone=str(FIRST + 100 + n)) for n in range(40)]
    add(group=group, numbers=[customer.phone for customer in customers])
    deeds = [
        deed
        for n in range(4)
        for deed in (
            lambda n=n: add(group=group, numbers=numbers[n * 10 :]),
            lambda n=n: remove(group=group, customers=customers[: 40 - n * 10]),
        )
    ]
    at_once(*deeds)
    assert counted_and_true(group) == (40, 40)


def wait_for_waiting() -> None:
    """Until somebody else waits for the transaction that this one is in."""
    deadline = time.monotonic() + PATIENCE
    while not _waiting():
        assert time.monotonic() < deadline, "nobody waits"
        time.sleep(0.005)


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return int(cursor.fetchone()[0])


def crossing(group: CustomerGroup, numbers: list[str]) -> list[str]:
    """Two who add the same two customers in opposite order; what each of them ran into."""
    waits = threading.Event()

    def first() -> str:
        with transaction.atomic():
            add(group=group, numbers=numbers[:1])
            waits.set()
            wait_for_waiting()
            add(group=group, numbers=numbers[1:])
        return ""

    def second() -> str:
        waits.wait()
        with transaction.atomic():
            add(group=group, numbers=numbers[1:])
            add(group=group, numbers=numbers[:1])
        return ""

    def met(deed) -> str:
        try:
            return on_own_connection(deed)
        except OperationalError as error:
            return str(error).splitlines()[0]

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(met, (first, second)))


def test_two_who_cross_wait_for_each_other():
    numbers, group = make_customers(2), make_group()
    assert crossing(group, numbers) == ["", ""]
    assert counted_and_true(group) == (2, 2)


def test_control_without_the_lock_one_of_them_is_turned_away(monkeypatch):
    monkeypatch.setattr(membership, "hold", lambda group: None)
    numbers, group = make_customers(2), make_group()
    assert crossing(group, numbers) == ["", "deadlock detected"]
    assert counted_and_true(group) == (2, 2)
