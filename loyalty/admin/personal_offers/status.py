"""Whether a personal offer counts at a moment, in one word."""

import datetime as dt
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from loyalty.models import PersonalOffer, PersonalOfferTarget

AUDIENCE = PersonalOffer.Mechanic.AUDIENCE


class Status(TextChoices):
    LIVE = "live", _("Live")
    SCHEDULED = "scheduled", _("Scheduled")
    DRAFT = "draft", _("Draft")
    ENDED = "ended", _("Ended")
    OFF = "off", _("Off")


SIGNS = {
    Status.LIVE: "play_circle",
    Status.SCHEDULED: "schedule",
    Status.DRAFT: "edit_note",
    Status.ENDED: "event_busy",
    Status.OFF: "do_not_disturb_on",
}


def with_status(offers: QuerySet[PersonalOffer], at: dt.datetime) -> QuerySet[Any]:
    """Annotated `status_at`: ended whether it was on or not, else off, a draft, scheduled, live.

    A draft is what nobody can have: for no audience, or no customer has items as last counted
    (`counted`, None where never).
    """
    aimed = PersonalOfferTarget.objects.filter(
        Q(customer_group__isnull=False) | Q(audience__isnull=False), offer=OuterRef("pk")
    )
    for_nobody = Q(mechanic=AUDIENCE, all_customers=False) & ~Exists(aimed)
    without_items = ~Q(mechanic=AUDIENCE) & (Q(counted=None) | Q(counted=0))
    status = Case(
        When(Q(end__lte=at), then=Value(Status.ENDED.value)),
        When(Q(is_active=False), then=Value(Status.OFF.value)),
        When(for_nobody | without_items, then=Value(Status.DRAFT.value)),
        When(Q(start__gt=at), then=Value(Status.SCHEDULED.value)),
        default=Value(Status.LIVE.value),
        output_field=CharField(),
    )
    return offers.annotate(counted=F("count__customers")).annotate(status_at=status)


def badge(status: Status) -> SafeString:
    return format_html(
        '<span class="bo-status bo-status-{}">'
        '<span class="material-symbols-outlined" aria-hidden="true">{}</span>{}</span>',
        status.value,
        SIGNS[status],
        status.label,
    )
