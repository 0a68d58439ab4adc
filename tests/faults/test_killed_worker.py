"""kill -9 at any moment: a new worker finishes the job by itself, as if nothing had happened."""

import signal

import pytest

from imports import jobs
from imports.models import State
from tests.faults.scenario import begin_import, begin_withdrawal, checked, done, report
from tests.faults.site import (
    left_over_tables,
    tables,
    wait_for_share,
    wait_for_state,
    wait_for_statement,
)

pytestmark = pytest.mark.faults

# Of the work on the list: the statement in which the worker is killed.
STAGING = "COPY import_"
RESOLVING = "_resolved AS"
ADDING_CUSTOMERS = "INSERT INTO customers_customer"
ASSIGNING = "INSERT INTO offers_assignment"


def kill_and_replace(site, when: str, job) -> None:
    site.start_worker()
    wait_for_statement(when)
    if when == STAGING:
        wait_for_share(job, 0.1)
    site.signal_worker(signal.SIGKILL)
    site.start_worker()


@pytest.mark.parametrize("when", [STAGING, RESOLVING])
def test_a_check_is_done_by_the_next_worker(site, undisturbed, when):
    job = begin_import(site.list)
    kill_and_replace(site, when, job)
    print(f"ready {wait_for_state(job, State.READY):.1f} s after the kill in {when}")
    assert (tables(), left_over_tables()) == (undisturbed["before"], [])
    assert report(job) == undisturbed["report"]


@pytest.mark.parametrize("when", [STAGING, RESOLVING, ADDING_CUSTOMERS, ASSIGNING])
def test_an_import_is_done_by_the_next_worker_and_once(site, undisturbed, when):
    job = checked(site.list)
    jobs.confirm(job)
    kill_and_replace(site, when, job)
    print(f"done {wait_for_state(job, State.DONE):.1f} s after the kill in {when}")
    assert (tables(), left_over_tables()) == (undisturbed["imported"], [])
    assert report(job) == undisturbed["report"]


def test_an_undo_is_done_by_the_next_worker(site, undisturbed):
    job = done(site.list)
    jobs.undo(job)
    kill_and_replace(site, "DELETE FROM offers_assignment", job)
    print(f"undone {wait_for_state(job, State.UNDONE):.1f} s after the kill")
    assert (tables(), left_over_tables()) == (undisturbed["before"], [])


def test_a_withdrawal_is_done_by_the_next_worker(site, undisturbed):
    done(site.list)
    job = begin_withdrawal("cakes")
    kill_and_replace(site, "DELETE FROM offers_assignment", job)
    print(f"done {wait_for_state(job, State.DONE):.1f} s after the kill")
    assert tables() == undisturbed["withdrawn"]
    assert report(job) == undisturbed["withdrawal"]
