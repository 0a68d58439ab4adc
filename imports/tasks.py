"""What the worker runs: jobs, and the housekeeping around them."""

import datetime as dt

from django.conf import settings
from django.db.utils import InterfaceError, OperationalError
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted

from imports import expiry, recovery, worker
from imports.models import Job, State

STEPS = {
    State.CHECKING: worker.check,
    State.APPLYING: worker.apply,
    State.UNDOING: worker.undo,
}

# The database may be restarted under a job, or the worker be told to stop; the job itself is
# safe to run again.
until_done = RetryStrategy(
    max_attempts=recovery.MOST_ATTEMPTS,
    wait=3,
    retry_exceptions={OperationalError, InterfaceError, JobAborted},
)


@app.task(queue="imports", retry=until_done, pass_context=True)
def run_job(context: JobContext, job_id: int) -> None:
    """Do what the job's state asks for; nothing if it needs nothing (any more)."""

    def listen(step: str, share: float) -> None:
        if context.should_abort():
            raise JobAborted

    # A job that was confirmed in advance needs two steps.
    while job := Job.objects.filter(pk=job_id, state__in=STEPS).first():
        STEPS[State(job.state)](job_id, listen)


# Six fields: the last are the seconds.
@app.periodic(cron="* * * * * */10")
@app.task(queue="housekeeping", queueing_lock="requeue_stalled")
async def requeue_stalled(timestamp: int) -> None:
    """Put jobs back into the queue whose worker died: its heart-beat has stopped."""
    await recovery.requeue_stalled(settings.PROCRASTINATE_WORKER_DEFAULTS["stalled_worker_timeout"])


@app.periodic(cron="* * * * * */15")
@app.task(queue="housekeeping", queueing_lock="take_up_abandoned")
def take_up_abandoned(timestamp: int) -> None:
    """Queue again, or close, running jobs that nobody works on."""
    recovery.take_up_abandoned(_moment(timestamp), task=run_job.name)


@app.periodic(cron="30 3 * * *")
@app.task(queue="housekeeping", queueing_lock="delete_old_files")
def delete_old_files(timestamp: int) -> None:
    """Delete uploads, rejects and undo records after their time: they hold personal data."""
    expiry.expire_jobs(_moment(timestamp))
    expiry.delete_strays(_moment(timestamp))
    expiry.forget_answers(_moment(timestamp))


def _moment(timestamp: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(timestamp, dt.UTC)
