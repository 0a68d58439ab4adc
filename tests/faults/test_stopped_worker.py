"""A worker that is told to stop, and one that was only thought to be dead."""

import signal

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinatePeriodicDefer

from imports import jobs
from imports.models import Progress, State
from tests.faults.scenario import begin_import, checked, report
from tests.faults.site import (
    left_over_tables,
    tables,
    wait_for_share,
    wait_for_state,
    wait_for_statement,
    wait_until,
)

pytestmark = pytest.mark.faults


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_idle_worker_stops_cleanly(site, number):
    worker = site.start_worker()
    wait_until(ProcrastinatePeriodicDefer.objects.exists, seconds=30)
    site.signal_worker(number)
    print(f"stopped after {wait_until(lambda: worker.poll() is not None, seconds=30):.1f} s")
    assert worker.returncode == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_busy_worker_hands_its_job_back_and_stops(site, undisturbed, number):
    long = site.folder / "long.csv"  # more than can be read before the worker's patience ends
    long.write_bytes(site.list.read_bytes() * 15)
    job = begin_import(long)
    worker = site.start_worker()
    wait_for_share(job, 0.02)
    site.signal_worker(number)
    seconds = wait_until(lambda: worker.poll() is not None, seconds=30)
    assert worker.returncode == 0
    job.refresh_from_db()
    assert (job.state, left_over_tables()) == (State.CHECKING, [])
    assert ProcrastinateJob.objects.get(args={"job_id": job.pk}).status == "todo"
    site.start_worker()
    took = wait_for_state(job, State.READY)
    print(f"stopped after {seconds:.1f} s, ready {took:.1f} s after the next worker's start")
    assert (tables(), left_over_tables()) == (undisturbed["before"], [])


def test_a_worker_that_was_only_asleep_applies_nothing_twice(site, undisturbed):
    job = checked(site.list)
    jobs.confirm(job)
    sleeping = site.start_worker()
    wait_for_statement("INSERT INTO offers_assignment")
    sleeping.send_signal(signal.SIGSTOP)
    second = site.start_worker()
    # The second has taken the job over and waits for the row that the first one holds.
    wait_for_statement("FOR UPDATE")
    sleeping.send_signal(signal.SIGCONT)
    print(f"done {wait_for_state(job, State.DONE):.1f} s after the first worker woke up")
    assert (tables(), left_over_tables()) == (undisturbed["imported"], [])
    assert report(job) == undisturbed["report"]
    # Both are of use for the next job.
    jobs.undo(job)
    wait_for_state(job, State.UNDONE)
    assert tables() == undisturbed["before"]
    assert (sleeping.poll(), second.poll()) == (None, None)
    assert Progress.objects.count() == 1
