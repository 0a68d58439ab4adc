"""Jobs that nobody works on any more: queued again, or closed if no queue knows them.

A worker's transaction holds its job's row, so whoever can lock the row of a running job knows
that nobody is at it; and to run a job again is always safe.
"""

import datetime as dt

import structlog
from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job as QueuedJob
from procrastinate.jobs import Status

from imports.failure import fail
from imports.models import RUNNING, Job, State

MOST_ATTEMPTS = 20  # then it is the job that fells the worker
QUIET = dt.timedelta(seconds=30)
ENDED = _("The process that did this has ended. Nothing was changed.")

log = structlog.get_logger(__name__)


async def requeue_stalled(seconds: float) -> None:
    """Queue again what was being done by workers whose heart-beat stopped `seconds` ago."""
    for queued in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=seconds):
        try:
            await _requeue(queued)
        except (AlreadyEnqueued, ConnectorException):
            # A periodic task waits again by now, or its worker was slow rather than dead.
            log.info("stalled_not_requeued", task=queued.task_name, queued=queued.id)


async def _requeue(queued: QueuedJob) -> None:
    if queued.attempts < MOST_ATTEMPTS:
        await app.job_manager.retry_job(queued)
    else:
        await app.job_manager.finish_job(queued, status=Status.FAILED, delete_job=False)


def take_up_abandoned(at: dt.datetime, *, task: str) -> None:
    """See to running jobs that have not moved for half a minute and that nobody holds.

    Those being done by a worker, says the queue, have been lost by it and are queued again;
    those that no queue will bring back, such as a killed command's, are closed as failed.
    """
    quiet = Job.objects.alias(moved_at=Coalesce("progress__updated_at", "created_at")).filter(
        state__in=RUNNING, moved_at__lt=at - QUIET
    )
    for number in quiet.values_list("pk", flat=True):
        with transaction.atomic():
            held = Job.objects.select_for_update(skip_locked=True)
            job = held.filter(pk=number, state__in=RUNNING).first()
            if job:
                _take_up(job, at, task)


def _take_up(job: Job, at: dt.datetime, task: str) -> None:
    queued = ProcrastinateJob.objects.filter(
        task_name=task, args__job_id=job.pk, status__in=["todo", "doing"]
    ).first()
    if queued is None:
        fail(job.pk, State(job.state), ENDED, at=at)
        log.warning("job_abandoned", job=job.pk, type=job.type)
    elif queued.status == "doing":
        app.job_manager.retry_job_by_id(queued.pk, retry_at=at)
