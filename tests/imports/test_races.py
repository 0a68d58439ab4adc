"""People who import, undo, delete and confirm at the same moment (T12, T13, T34)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.base import ContentFile
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
from tests.races import at_once, held, locked, on_own_connection, stopped_at, wait_for_waiting

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


CUSTOMERS_HELD = held("customers_customer")
ASSIGNMENTS_HELD = held("offers_assignment")


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
