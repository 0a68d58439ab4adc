"""kill -9 of `manage.py import` in the middle: nothing is changed, and the job says so."""

import signal

import pytest

from imports.models import Job, State
from tests.faults.site import left_over_tables, tables, wait_for_statement, wait_until

pytestmark = pytest.mark.faults


@pytest.mark.parametrize("when", ["COPY import_", "INSERT INTO offers_assignment"])
def test_a_killed_command_changes_nothing_and_its_job_is_closed(site, undisturbed, when):
    command = site.start("import", "private-offer-emails", str(site.list), "--yes")
    wait_for_statement(when)
    command.send_signal(signal.SIGKILL)
    command.wait()
    job = Job.objects.get()
    assert job.state in (State.CHECKING, State.APPLYING)
    site.start_worker()
    closed = Job.objects.filter(state=State.FAILED)
    print(f"closed {wait_until(closed.exists, seconds=90):.1f} s after the worker's start")
    assert closed.get().message == "The process that did this has ended. Nothing was changed."
    assert (tables(), left_over_tables()) == (undisturbed["before"], [])
