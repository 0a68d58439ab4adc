"""What the worker runs: jobs, and the housekeeping around them."""

import datetime as dt

from django.conf import settings
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from imports import worker
from imports.models import Job, State

STEPS = {
    State.CHECKING: worker.check,
    State.APPLYING: worker.apply,
    State.UNDOING: worker.undo,
}

# The database may be restarted under a job; the job itself is safe to run again.
while_database_is_away = RetryStrategy(
    max_attempts=20, wait=3, retry_exceptions={OperationalError, InterfaceError}
)


@app.task(queue="imports", retry=while_database_is_away)
def run_job(job_id: int) -> None:
    """Do what the job's state asks for; nothing if it needs nothing (any more)."""
    job = Job.objects.filter(pk=job_id).first()
    if job and job.state in STEPS:
        STEPS[State(job.state)](job_id)


@app.periodic(cron="* * * * * */15")
@app.task(queue="housekeeping", queueing_lock="requeue_stalled", pass_context=True)
async def requeue_stalled(context: JobContext, timestamp: int) -> None:
    """Put jobs back into the queue whose worker died: its heart-beat has stopped."""
    for job in await app.job_manager.get_stalled_jobs(
        seconds_since_heartbeat=settings.PROCRASTINATE_WORKER_DEFAULTS["stalled_worker_timeout"]
    ):
        await app.job_manager.retry_job(job)


@app.periodic(cron="30 3 * * *")
@app.task(queue="housekeeping", queueing_lock="delete_old_files")
def delete_old_files(timestamp: int) -> None:
    """Delete uploads and rejects after their time: they hold personal data."""
    before = timezone.now() - dt.timedelta(days=settings.IMPORT_FILES_KEPT_DAYS)
    for job in Job.objects.filter(created_at__lt=before).exclude(file="", rejects=""):
        job.file.delete(save=False)
        job.rejects.delete(save=False)
        job.save(update_fields=["file", "rejects"])
