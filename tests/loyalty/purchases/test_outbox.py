"""Events come in one order, each once, and none is missed that ended late (P1)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from loyalty.models import Event
from loyalty.purchases import outbox, records
from loyalty.purchases.refusals import Refusal
from loyalty.tasks import sweep_events
from tests.factories import DAY, NOON, make_customer
from tests.loyalty.purchases.factories import (
    cancelled,
    confirmed,
    make_order,
    make_purchase,
    returned,
)
from tests.promotions.factories import make_point_of_sale
from tests.races import at_once, locked, on_own_connection, wait_for_waiting

pytestmark = pytest.mark.django_db(transaction=True)


def read(after=0, limit=100):
    return outbox.events_after(after, limit=limit)


def receipts(events):
    return [each.content["receipt"] for each in events]


def test_each_comes_once_in_order():
    place = make_point_of_sale()
    make_purchase(receipt="R1", place=place)
    make_purchase(receipt="R2", place=place)
    cancelled("R1")
    returned("R2", "RT1")
    seen, after = [], 0
    while events := read(after, limit=3):
        seen += [(each.kind, each.content["receipt"]) for each in events]
        after = outbox.place(str(events[-1].id))
    assert seen == [
        ("purchase.confirmed", "R1"),
        ("purchase.confirmed", "R2"),
        ("purchase.cancelled", "R1"),
        ("purchase.returned", "R2"),
    ]


def told_while_the_first_is_not_written(place):
    """What is told once B is written, while A, which began to tell before, is not yet."""

    def second():
        make_purchase(receipt="B", place=place)
        return receipts(read())

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        make_purchase(receipt="A", place=place)
        return pool.submit(on_own_connection, second).result()


def test_what_ends_late_is_not_missed(place):
    make_purchase(receipt="before", place=place)
    assert told_while_the_first_is_not_written(place) == ["before"]
    assert receipts(read()) == ["before", "A", "B"]


def test_a_control_that_does_not_lock_misses_what_ends_late(monkeypatch, place):
    unlocked = outbox.TELL.partition("FROM (")[0]
    monkeypatch.setattr(outbox, "TELL", unlocked)
    assert told_while_the_first_is_not_written(place) == ["B"]
    last = Event.objects.get(content__receipt="B").id
    assert (receipts(read(last)), Event.objects.count()) == ([], 2)


def test_who_tells_locks_before_the_number_is_drawn(place):
    make_purchase(receipt="R1", place=place)
    first = Event.objects.get().id
    with ThreadPoolExecutor(1) as pool:
        with locked("SELECT pg_advisory_xact_lock(%s)", outbox.LOCKED + first):
            second = pool.submit(
                on_own_connection, lambda: make_purchase(receipt="R2", place=place)
            )
            wait_for_waiting()
            with connection.cursor() as cursor:
                cursor.execute("SELECT last_value FROM loyalty_event_id_seq")
                assert cursor.fetchone() == (first,)
        second.result()
    assert receipts(read()) == ["R1", "R2"]


def test_who_writes_something_else_for_long_keeps_nothing_back(place):
    """An import, say; also receipts that are locked by their names are none of events."""

    def tell():
        make_purchase(receipt="R1", place=place)
        return receipts(read())

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        make_customer()
        records.lock("R2")
        assert pool.submit(on_own_connection, tell).result() == ["R1"]


def test_who_reads_beside_many_who_tell_sees_each_once_in_order(place):
    order, tills, each_sells = make_order(place=place), 4, 15

    def till(number):
        return lambda: [confirmed(f"R{number}-{turn}", order) for turn in range(each_sells)]

    def reader():
        seen, after = [], 0
        for _ in range(100_000):
            if len(seen) == tills * each_sells:
                break
            events = read(after, limit=7)
            seen += events
            after = events[-1].id if events else after
        return seen

    *_, seen = at_once(*map(till, range(tills)), reader)
    numbers = [each.id for each in seen]
    assert numbers == list(Event.objects.order_by("id").values_list("id", flat=True))
    assert len(numbers) == tills * each_sells


@pytest.mark.parametrize("text", ["-1", "1-2", "a", " 1", "9223372036854775808", "1" * 20, "٣"])
def test_what_no_answer_said_is_no_place(text):
    with pytest.raises(Refusal) as caught:
        outbox.place(text)
    assert caught.value.code == "cursor"


def test_after_ninety_days_they_are_swept_however_old_the_purchase():
    place = make_point_of_sale()
    make_purchase(receipt="old", place=place)
    make_purchase(receipt="late", place=place, at=NOON - 200 * DAY, now=NOON + DAY)
    assert outbox.sweep(NOON + outbox.KEPT) == 0
    sweep_events(timestamp=int((NOON + outbox.KEPT).timestamp()) + 1)
    assert receipts(read()) == ["late"]


def test_a_sweep_of_many_goes_in_parts(monkeypatch):
    monkeypatch.setattr(outbox, "SWEPT_AT_ONCE", 2)
    place = make_point_of_sale()
    for number in range(5):
        make_purchase(receipt=f"R{number}", place=place)
    assert outbox.sweep(NOON + outbox.KEPT + DAY) == 5
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM loyalty_event")
        assert cursor.fetchone() == (0,)
