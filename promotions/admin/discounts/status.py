"""Whether a discount counts at a moment, in one word."""

import datetime as dt

from django.db.models import Case, CharField, Q, QuerySet, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from promotions.models import Discount


class Status(TextChoices):
    LIVE = "live", _("Live")
    SCHEDULED = "scheduled", _("Scheduled")
    ENDED = "ended", _("Ended")
    OFF = "off", _("Off")


SIGNS = {
    Status.LIVE: "play_circle",
    Status.SCHEDULED: "schedule",
    Status.ENDED: "event_busy",
    Status.OFF: "do_not_disturb_on",
}


def with_status(discounts: QuerySet[Discount], at: dt.datetime) -> QuerySet[Discount]:
    """Annotated `status_at`: ended whether it was on or not, else off, scheduled or live."""
    status = Case(
        When(Q(end__lte=at), then=Value(Status.ENDED.value)),
        When(Q(is_active=False), then=Value(Status.OFF.value)),
        When(Q(start__gt=at), then=Value(Status.SCHEDULED.value)),
        default=Value(Status.LIVE.value),
        output_field=CharField(),
    )
    return discounts.annotate(status_at=status)
