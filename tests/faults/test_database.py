"""The database stops in the middle, with or without a word; the job is done all the same."""

import signal
import time

import pytest

from imports import jobs
from imports.models import State
from tests.faults.scenario import begin_import, checked, done, report
from tests.faults.site import (
    left_over_tables,
    tables,
    wait_for_share,
    wait_for_statement,
    wait_until,
)

pytestmark = pytest.mark.faults

AT_ONCE, FAST = signal.SIGQUIT, signal.SIGINT


def keep_alive(site) -> None:
    """What `manage.py up` does, or the system's supervisor: start a worker that has ended."""
    if site.worker.poll() is not None:
        print(f"worker had ended with code {site.worker.returncode}")
        site.start_worker()


def wait_for(site, job, state) -> None:
    def reached() -> bool:
        keep_alive(site)
        job.refresh_from_db()
        assert job.state != State.FAILED, job.message
        return job.state == state

    print(f"{state} after {wait_until(reached, seconds=60):.1f} s")


@pytest.mark.parametrize("how", [AT_ONCE, FAST])
def test_a_check_survives_a_restart_while_the_file_is_read(site, undisturbed, how):
    job = begin_import(site.list)
    site.start_worker()
    wait_for_share(job, 0.1)
    site.signal_server(how)
    wait_for(site, job, State.READY)
    assert (tables(), left_over_tables()) == (undisturbed["before"], [])
    assert report(job) == undisturbed["report"]


@pytest.mark.parametrize("how", [AT_ONCE, FAST])
def test_an_import_survives_a_restart_while_it_assigns(site, undisturbed, how):
    job = checked(site.list)
    jobs.confirm(job)
    site.start_worker()
    wait_for_statement("INSERT INTO offers_assignment")
    site.signal_server(how)
    wait_for(site, job, State.DONE)
    assert (tables(), left_over_tables()) == (undisturbed["imported"], [])
    assert report(job) == undisturbed["report"]


def test_an_undo_survives_a_database_that_is_away_for_seconds(site, undisturbed):
    job = done(site.list)
    jobs.undo(job)
    site.start_worker()
    wait_for_statement("DELETE FROM offers_assignment")
    with site.server_down():
        time.sleep(8)
    wait_for(site, job, State.UNDONE)
    assert (tables(), left_over_tables()) == (undisturbed["before"], [])
