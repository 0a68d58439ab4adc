import datetime as dt

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from imports.models import Job, State
from imports.resources import Text

STAYS = _("It could not be undone and stays as it was. Try again.")


def fail(job_id: int, step: State, message: Text, *, at: dt.datetime) -> None:
    """Close a job whose step came to nothing, and say so in the language of whoever started it.

    A job that could not be undone is as done as it was before, whatever the message.
    """
    undoing = step == State.UNDOING
    failed = Job.objects.filter(pk=job_id, state=step)
    with override(failed.values_list("language", flat=True).first()):
        failed.update(
            state=State.DONE if undoing else State.FAILED,
            message=str(STAYS if undoing else message),
            finished_at=at,
        )
