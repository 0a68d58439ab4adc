"""What the list of private offers says about each of them (T7, T8)."""

import datetime as dt
from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from imports.resources import Text
from offers.models import PrivateOffer, Status

STATUS_SIGNS = {
    Status.LIVE: "play_circle",
    Status.SCHEDULED: "schedule",
    Status.DRAFT: "edit_note",
    Status.ENDED: "event_busy",
    Status.OFF: "do_not_disturb_on",
}
TARGET_SIGNS = {"groups": "group", "audiences": "target"}
PERMISSIONS = {
    "change": "change_privateoffer",
    "delete": "delete_privateoffer",
    "duplicate": "add_privateoffer",
    "import_emails": "import_assignments",
    "delete_emails": "withdraw_assignments",
    "see_as_customer": "see_as_customer",
}


class PrivateOfferColumns:
    @admin.display(description=_("Picture"))
    def thumbnail(self, offer: PrivateOffer) -> SafeString:
        return format_html(
            '<img class="bo-thumbnail" src="{}" alt="" width="64" height="48" loading="lazy">',
            offer.picture.thumbnail.url,
        )

    @admin.display(description=_("ID"), ordering="id")
    def number(self, offer: PrivateOffer) -> int:
        return offer.pk

    @admin.display(description=_("System name"), ordering="name")
    def system_name(self, offer: PrivateOffer) -> str:
        return offer.name

    @admin.display(description=_("Name"), ordering="visible_name")
    def public_name(self, offer: PrivateOffer) -> str:
        return offer.visible_name

    @admin.display(description=_("Date start"), ordering="start")
    def date_start(self, offer: PrivateOffer) -> SafeString:
        return in_two_lines(offer.start)

    @admin.display(description=_("Date end"), ordering="end")
    def date_end(self, offer: PrivateOffer) -> SafeString:
        return in_two_lines(offer.end)

    @admin.display(description=_("Is public?"), ordering="is_public")
    def public(self, offer: PrivateOffer) -> SafeString:
        return format_html(
            '<span class="bo-mark" aria-hidden="true">{}</span><span class="bo-hidden">{}</span>',
            "✓" if offer.is_public else "✗",
            _("yes") if offer.is_public else _("no"),
        )

    @admin.display(description=_("Status"), ordering="status_at")
    def status(self, offer: PrivateOffer) -> SafeString:
        status = Status(cast(Any, offer).status_at)
        return format_html(
            '<span class="bo-status bo-status-{}">'
            '<span class="material-symbols-outlined" aria-hidden="true">{}</span>{}</span>',
            status.value,
            STATUS_SIGNS[status],
            status.label,
        )

    @admin.display(description=_("Assigned e-mails"), ordering="assigned_count")
    def assigned(self, offer: Any) -> str:
        if offer.is_public:
            return "–"
        signs = [
            aim(TARGET_SIGNS["groups"], _("groups"), offer.group_names),
            aim(TARGET_SIGNS["audiences"], _("audiences"), offer.audience_names),
        ]
        assigned = number_format(offer.assigned_count, force_grouping=True)
        return format_html("{} {} {}", assigned, *signs)


def row_actions(request: HttpRequest) -> Callable[[PrivateOffer], SafeString]:
    """A column with the buttons that this user may press (T10–T13)."""
    may = {
        action: request.user.has_perm(f"offers.{permission}")
        for action, permission in PERMISSIONS.items()
    }

    @admin.display(description=_("Actions"))
    def actions(offer: PrivateOffer) -> SafeString:
        context = {"offer": offer, "may": may}
        return render_to_string("admin/offers/privateoffer/row_actions.html", context)

    return actions


def aim(sign: str, kind: Text, names: list[str]) -> SafeString:
    """How many groups or audiences an offer is aimed at, and which; nothing if at none.

    Empty names are those that the user may not see.
    """
    if not names:
        return SafeString("")
    which = ", ".join(filter(None, names)) or gettext("you may not see which")
    return format_html(
        '<span class="bo-aim" title="{}"><span class="material-symbols-outlined"'
        ' aria-hidden="true">{}</span>{}<span class="bo-hidden"> {}: {}</span></span>',
        which,
        sign,
        len(names),
        kind,
        which,
    )


def written(moment: dt.datetime) -> str:
    """In the current zone, as the documents write dates (T8)."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}"


def in_two_lines(moment: dt.datetime) -> SafeString:
    """The same, broken between day and time only where the column is narrow."""
    return format_html("<span>{}</span> <span>{}</span>", *written(moment).split())
