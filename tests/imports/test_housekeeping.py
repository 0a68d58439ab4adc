"""What happens to jobs by themselves: brought back when nobody works on them, and expired."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import async_to_sync
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from imports import expiry, jobs, recovery, tasks, worker
from imports.models import Export, Job, Progress, State, UndoRecord
from offers.models import Assignment
from tests.factories import NOON, make_offer

pytestmark = pytest.mark.django_db(transaction=True)

DAYS = dt.timedelta(days=1)
LATER = NOON + 31 * DAYS
MINUTES = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def kept_for_thirty_days(settings):
    settings.IMPORT_FILES_KEPT_DAYS = 30


def made(state: State, *, at: dt.datetime = NOON) -> Job:
    """A job of one good and one bad line that was started at a moment and came as far as this."""
    make_offer(name=f"cakes {Job.objects.count()}")
    lines = f"Email,Offer ID\nann@example.com,cakes {Job.objects.count()}\nnobody,cakes\n"
    file = ContentFile(lines.encode(), name="list.csv")
    job = jobs.start(type="private-offer-emails", user=None, file=file, in_background=False)
    worker.check(job.pk)
    if state in (State.APPLYING, State.DONE):
        jobs.confirm(job, in_background=False)
    if state == State.DONE:
        worker.apply(job.pk)
    Job.objects.filter(pk=job.pk).update(created_at=at)
    Progress.objects.filter(pk=job.pk).update(updated_at=at)
    job.refresh_from_db()
    assert job.state == state
    return job


def files(job: Job) -> list[bool]:
    return [storages["private"].exists(name) for name in (job.file.name, job.rejects.name)]


def take_up(at: dt.datetime) -> None:
    tasks.take_up_abandoned(timestamp=int(at.timestamp()))


# --- expiry


def test_files_and_undo_records_go_after_their_time_and_the_jobs_stay():
    old, young = made(State.DONE), made(State.DONE, at=NOON + 2 * DAYS)
    export = Export.objects.create(type="customers", format="csv", rows=7)
    Export.objects.update(created_at=NOON - 400 * DAYS)
    tasks.delete_old_files(timestamp=int(LATER.timestamp()))
    assert (files(old), files(young)) == ([False, False], [True, True])
    old.refresh_from_db()
    assert (old.file.name, old.rejects.name, old.file_name) == ("", "", "list.csv")
    assert (old.state, old.created, old.rejected) == (State.DONE, 1, 1)
    assert set(UndoRecord.objects.values_list("job_id", flat=True)) == {young.pk}
    assert list(Progress.objects.values_list("job_id", flat=True)) == [young.pk]
    assert list(Export.objects.values_list("pk", "rows")) == [(export.pk, 7)]


def test_what_has_expired_cannot_be_undone_and_says_so():
    job = made(State.DONE)
    assert job.can_be_undone
    expiry.expire_jobs(LATER)
    assert not job.can_be_undone
    assert not jobs.undo(job)
    job.refresh_from_db()
    assert (job.state, Assignment.objects.count()) == (State.DONE, 1)
    assert not ProcrastinateJob.objects.filter(args={"job_id": job.pk}).exists()


def test_an_undo_in_time_keeps_its_records_from_expiring():
    job = made(State.DONE)
    jobs.undo(job, in_background=False)
    expiry.expire_jobs(LATER)
    worker.undo(job.pk)
    job.refresh_from_db()
    assert (job.state, Assignment.objects.count()) == (State.UNDONE, 0)


def test_a_job_that_nobody_confirmed_is_cancelled():
    job = made(State.READY)
    expiry.expire_jobs(LATER)
    job.refresh_from_db()
    assert (job.state, job.finished_at, job.file.name) == (State.CANCELLED, LATER, "")
    assert job.message == "Nobody confirmed this in time. Nothing was changed."
    assert not jobs.confirm(job)


def test_a_running_job_keeps_its_file():
    job = made(State.APPLYING)
    expiry.expire_jobs(LATER)
    assert files(job) == [True, True]


def test_files_that_no_job_names_are_deleted_when_a_day_old():
    storage, job = storages["private"], made(State.READY)
    stray = storage.save("jobs/of-nobody/upload", ContentFile(b"ann@example.com"))
    half_written = storage.save(f"jobs/{job.public_id}/rejects_x.csv", ContentFile(b"ann@"))
    now = dt.datetime.now(dt.UTC)
    expiry.delete_strays(now)
    assert storage.exists(stray)
    expiry.delete_strays(now + 2 * DAYS)
    assert [storage.exists(name) for name in (stray, "jobs/of-nobody", half_written)] == [False] * 3
    assert files(job) == [True, True]


# --- recovery


def queue(job: Job, status: str) -> int:
    number = tasks.run_job.defer(job_id=job.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, number])
    return number


def status(number: int) -> str:
    return ProcrastinateJob.objects.get(pk=number).status


def test_a_running_job_that_no_queue_knows_is_closed_after_half_a_minute():
    """As a killed `manage.py import` leaves it."""
    job = made(State.APPLYING)
    take_up(NOON + dt.timedelta(seconds=30))
    job.refresh_from_db()
    assert job.state == State.APPLYING
    take_up(NOON + 2 * MINUTES)
    job.refresh_from_db()
    assert (job.state, job.finished_at) == (State.FAILED, NOON + 2 * MINUTES)
    assert job.message == "The process that did this has ended. Nothing was changed."


def test_a_running_job_whose_row_is_held_is_left_alone():
    job, held, release = made(State.APPLYING), threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Job.objects.select_for_update().get(pk=job.pk)
            held.set()
            release.wait(30)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(30)
    take_up(NOON + 2 * MINUTES)
    release.set()
    holder.join()
    job.refresh_from_db()
    assert job.state == State.APPLYING


@pytest.mark.parametrize(
    ("queued", "then", "state"),
    [("todo", "todo", "applying"), ("doing", "todo", "applying"), ("failed", "failed", "failed")],
)
def test_a_running_job_is_queued_again_unless_the_queue_has_given_up(queued, then, state):
    job = made(State.APPLYING)
    number = queue(job, queued)
    take_up(NOON + 2 * MINUTES)
    job.refresh_from_db()
    assert (status(number), job.state) == (then, state)


def test_jobs_that_wait_for_a_person_or_are_over_are_left_alone():
    ready, done = made(State.READY), made(State.DONE)
    take_up(LATER)
    states = dict(Job.objects.values_list("pk", "state"))
    assert states == {ready.pk: State.READY, done.pk: State.DONE}


def set_worker(number: int, *, last_heartbeat: str, attempts: int = 0) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH worker AS (INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - %s::interval) RETURNING id)"
            " UPDATE procrastinate_jobs SET attempts = %s, worker_id = (SELECT id FROM worker)"
            " WHERE id = %s",
            [last_heartbeat, attempts, number],
        )


@pytest.mark.parametrize(("heartbeat", "then"), [("1 second", "doing"), ("1 minute", "todo")])
def test_what_a_dead_worker_was_doing_is_queued_again(heartbeat, then):
    number = queue(made(State.APPLYING), "doing")
    set_worker(number, last_heartbeat=heartbeat)
    requeue_stalled()
    assert status(number) == then


def test_a_job_that_felled_twenty_workers_is_given_up_and_closed():
    job = made(State.APPLYING)
    number = queue(job, "doing")
    set_worker(number, last_heartbeat="1 minute", attempts=recovery.MOST_ATTEMPTS)
    requeue_stalled()
    assert status(number) == "failed"
    take_up(NOON + 2 * MINUTES)
    job.refresh_from_db()
    assert job.state == State.FAILED


def test_one_that_cannot_be_queued_again_does_not_keep_back_the_others():
    """A periodic task that waits again already must not wait twice."""
    stalled = tasks.delete_old_files.defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    tasks.delete_old_files.defer(timestamp=1)
    number = queue(made(State.APPLYING), "doing")
    requeue_stalled()
    assert (status(stalled), status(number)) == ("doing", "todo")


def requeue_stalled() -> None:
    """In a thread of its own: a browser test may have left an event loop running in this one."""

    def run() -> None:
        try:
            async_to_sync(tasks.requeue_stalled.func)(timestamp=0)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()
