"""People who import, undo, delete and confirm at the same moment (T12, T13, T34).

Real connections in threads. Where the order matters, one side is stopped at a lock that the test
holds, and goes on when the other is seen waiting.
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from customers.models import Customer
from imports import jobs, worker
from imports.models import Job, State
from offers import imports as offer_imports
from offers import sweeping
from offers.assignment import assign
from offers.models import Assignment, PrivateOffer
from offers.removal import remove
from tests.factories import make_customer, make_offer

pytestmark = pytest.mark.django_db(transaction=True)

HEADER = "Email,Offer ID\n"


def checked(lines: list[str]) -> Job:
    file = ContentFile((HEADER + "\n".join(lines)).encode(), name="list.csv")
    job = jobs.start(type="private-offer-emails", user=None, file=file, in_background=False)
    worker.check(job.pk)
    jobs.confirm(job, in_background=False)
    return job


def apply(job: Job) -> Job:
    worker.apply(job.pk)
    job.refresh_from_db()
    return job


def undo(job: Job) -> Job:
    if jobs.undo(job, in_background=False):
        worker.undo(job.pk)
    job.refresh_from_db()
    return job


def everything() -> dict[str, set]:
    return {
        "assigned": set(Assignment.objects.values_list("customer__email", "offer__name")),
        "customers": set(Customer.objects.values_list("email", "is_prospect")),
        "counts": set(PrivateOffer.objects.values_list("name", "assigned_count")),
    }


def true_counts() -> set[tuple[str, int]]:
    offers = PrivateOffer.objects.all()
    return {(o.name, Assignment.objects.filter(offer_id=o.pk).count()) for o in offers}


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """The results of what was begun together, each on a connection of its own."""
    barrier = threading.Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> object:
        barrier.wait()
        return on_own_connection(deed)

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def on_own_connection(deed: Callable[[], object]) -> object:
    try:
        return deed()
    finally:
        connection.close()


def wait_for_waiting(number: int = 1) -> None:
    """Until so many others wait for a lock."""
    deadline = time.monotonic() + 30
    while _waiting() < number:
        assert time.monotonic() < deadline, "nobody waits"
        time.sleep(0.005)


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_database AS d ON d.oid = database"
            " WHERE NOT granted AND datname = current_database()"
        )
        return int(cursor.fetchone()[0])


@contextmanager
def locked(statement: str, *values: object) -> Iterator[None]:
    """Whoever needs what this locks waits until the end."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        yield


def test_two_people_import_the_same_new_addresses_in_different_order_T34():
    make_offer(name="cakes")
    make_offer(name="coffee")
    make_customer("known7@example.com")
    lines = [
        f"{kind}{number}@example.com,{offer}"
        for number in range(300)
        for kind in ("known", "new")
        for offer in ("cakes", "coffee")
    ]
    first, second = checked(lines[:900]), checked(lines[: 300 - 1 : -1])
    at_once(lambda: apply(first), lambda: apply(second))
    assert {(job.state, job.message) for job in Job.objects.all()} == {(State.DONE, "")}
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.created + second.created == len(lines)
    assert (first.rejected, second.rejected) == (0, 0)
    together = everything()
    assert together["counts"] == true_counts() == {("cakes", 600), ("coffee", 600)}
    undo(second)
    undo(first)
    apply(checked(lines[:900]))
    apply(checked(lines[: 300 - 1 : -1]))
    assert everything() == together


def test_ten_overlapping_imports_at_once_all_succeed_T34():
    make_offer(name="cakes")
    lists = [
        [f"a{n}@example.com,cakes" for n in range(k, k + 100)][:: (-1) ** k] for k in range(10)
    ]
    begun_jobs = [checked(lines) for lines in lists]
    at_once(*(lambda job=job: apply(job) for job in begun_jobs))
    assert set(Job.objects.values_list("state", flat=True)) == {State.DONE}
    assert sum(Job.objects.values_list("created", flat=True)) == 109
    assert everything()["counts"] == {("cakes", 109)}
    assert len(everything()["assigned"]) == Customer.objects.count() == 109


def stopped_at(statement: str, *deeds: Callable[[], object]) -> None:
    """Do the deeds in this order: each begins when the one before waits for the lock."""
    with ThreadPoolExecutor(len(deeds)) as pool:
        futures = []
        with locked(statement):
            for number, deed in enumerate(deeds, 1):
                futures.append(pool.submit(on_own_connection, deed))
                wait_for_waiting(number)
        for future in futures:
            future.result()


CUSTOMERS_HELD = "LOCK TABLE customers_customer IN SHARE MODE"
ASSIGNMENTS_HELD = "LOCK TABLE offers_assignment IN SHARE MODE"


def import_of_an_address_that_an_undo_forgets() -> Job:
    """The import has looked the address up, as the undo of the import that made it begins."""
    make_offer(name="cakes")
    make_offer(name="coffee")
    first = apply(checked(["new@example.com,cakes"]))
    second = checked(["new@example.com,coffee", "newer@example.com,coffee"])
    stopped_at(CUSTOMERS_HELD, lambda: apply(second), lambda: undo(first))
    second.refresh_from_db()
    assert (second.state, second.created) == (State.DONE, 2)
    return second


def test_an_undo_does_not_take_an_address_from_an_import_that_found_it():
    import_of_an_address_that_an_undo_forgets()
    assert everything() == {
        "assigned": {("new@example.com", "coffee"), ("newer@example.com", "coffee")},
        "customers": {("new@example.com", True), ("newer@example.com", True)},
        "counts": {("cakes", 0), ("coffee", 2)},
    }


def test_without_the_lock_on_prospects_it_would(monkeypatch):
    """The control: the same, with nobody holding the prospects, loses an address."""
    monkeypatch.setattr(offer_imports, "hold_prospects", lambda run, to_forget=False: None)
    import_of_an_address_that_an_undo_forgets()
    assert everything()["customers"] == {("newer@example.com", True)}
    assert everything()["assigned"] == {("newer@example.com", "coffee")}
    assert Assignment.objects.count() == 2  # of which one is nobody's


@pytest.mark.parametrize("import_first", [True, False])
def test_an_import_and_delete_emails_at_once_yield_one_after_the_other_T12(import_first):
    cakes = make_offer(name="cakes")
    apply(checked(["old@example.com,cakes"]))
    job = checked(["old@example.com,cakes", "new@example.com,cakes"])
    withdrawal = jobs.start(
        type="private-offer-emails-withdrawal",
        user=None,
        options={"offer": cakes.pk},
        in_background=False,
    )
    deeds = [lambda: apply(job), lambda: apply(withdrawal)]
    stopped_at(ASSIGNMENTS_HELD, *(deeds if import_first else deeds[::-1]))
    withdrawal.refresh_from_db()
    left = {"old@example.com", "new@example.com"} if not import_first else set()
    assert withdrawal.deleted == (2 if import_first else 1)
    assert everything()["assigned"] == {(email, "cakes") for email in left}
    assert everything()["counts"] == {("cakes", len(left))}
    undo(withdrawal)
    both = {("old@example.com", "cakes"), ("new@example.com", "cakes")}
    assert (everything()["assigned"], everything()["counts"]) == (both, {("cakes", 2)})


def test_an_offer_deleted_under_an_import_leaves_nothing_behind_T13():
    make_offer(name="cakes")
    coffee = make_offer(name="coffee")
    job = checked(["ann@example.com,cakes", "ann@example.com,coffee"])
    with ThreadPoolExecutor(1) as pool:
        with locked(ASSIGNMENTS_HELD):
            applying = pool.submit(on_own_connection, lambda: apply(job))
            wait_for_waiting()
            at_once(lambda: remove(offer=coffee))
        applying.result()
    assert job.state == State.DONE
    sweeping.sweep_orphans()
    sweeping.correct_counts()
    assert everything() == {
        "assigned": {("ann@example.com", "cakes")},
        "customers": {("ann@example.com", True)},
        "counts": {("cakes", 1)},
    }
    assert undo(job).state == State.UNDONE
    assert everything() == {"assigned": set(), "customers": set(), "counts": {("cakes", 0)}}


def test_a_customer_assigned_by_hand_under_an_import_is_counted_once():
    cakes, ann = make_offer(name="cakes"), make_customer("ann@example.com")
    job = checked(["ann@example.com,cakes", "new@example.com,cakes"])
    stopped_at(ASSIGNMENTS_HELD, lambda: apply(job), lambda: assign(offer=cakes, customers=[ann]))
    assert (job.created, everything()["counts"]) == (2, {("cakes", 2)})


def test_confirm_pressed_twenty_times_at_once_applies_once():
    make_offer(name="cakes")
    job = checked(["ann@example.com,cakes"])
    Job.objects.update(state=State.READY)
    pressed = at_once(*[lambda: jobs.confirm(Job.objects.get())] * 20)
    assert sorted(pressed) == [False] * 19 + [True]
    assert ProcrastinateJob.objects.filter(args={"job_id": job.pk}).count() == 1
    at_once(*[lambda: worker.apply(job.pk)] * 4)
    job.refresh_from_db()
    assert (job.state, job.created, job.undo_records.count()) == (State.DONE, 1, 2)
    assert everything()["counts"] == {("cakes", 1)}


def test_undo_pressed_twice_at_once_takes_back_once():
    make_offer(name="cakes")
    apply(checked(["old@example.com,cakes"]))
    before = everything()
    job = apply(checked(["new@example.com,cakes", "old@example.com,cakes"]))
    pressed = at_once(*[lambda: jobs.undo(Job.objects.get(pk=job.pk), in_background=False)] * 2)
    assert sorted(pressed) == [False, True]
    at_once(*[lambda: worker.undo(job.pk)] * 2)
    job.refresh_from_db()
    assert (job.state, everything()) == (State.UNDONE, before)
