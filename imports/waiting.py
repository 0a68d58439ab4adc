"""Why a job that should run does not, as the queue tells."""

import datetime as dt

from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateWorker

from imports.models import RUNNING, Job
from imports.tasks import run_job

PATIENCE = dt.timedelta(seconds=30)


def why_waiting(job: Job, at: dt.datetime) -> str:
    """In words, why the job has not moved for half a minute; empty if it moves. Two queries."""
    if job.state not in RUNNING:
        return ""
    deferred = (
        ProcrastinateEvent.objects.filter(
            type__in=["deferred", "deferred_for_retry"],
            job__task_name=run_job.name,
            job__args__job_id=job.pk,
        )
        .values_list("job__status", "job__worker__last_heartbeat", "at")
        .order_by("-id")
        .first()
    )
    if deferred is None:
        return ""
    status, heartbeat, since = deferred
    if status == "doing" and (heartbeat is None or heartbeat < at - PATIENCE):
        return _(
            "The worker that did this has stopped; nothing is half done."
            " The work starts again by itself as soon as a worker runs."
        )
    return _why_queued(at) if status == "todo" and since and since < at - PATIENCE else ""


def _why_queued(at: dt.datetime) -> str:
    if ProcrastinateWorker.objects.filter(last_heartbeat__gt=at - PATIENCE).exists():
        return _("Other jobs come first. This one begins by itself when they are finished.")
    return _(
        "No worker seems to be running, so nothing happens yet. Ask whoever runs this site to"
        " start one; this job then begins by itself."
    )
