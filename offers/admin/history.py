"""Who changed what in an offer, and when, read from what the database's triggers wrote down.

So it knows every change, also those made by SQL or by a job, and those of deleted offers.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.apps import apps
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from customers.models import User
from offers.admin.changes import Change, Names, changes_between, described, link_change
from offers.models import PrivateOffer

ENTRIES = 25


@dataclass
class Entry:
    """All that one transaction did to an offer."""

    at: dt.datetime
    who: str
    did: str
    changes: list[Change] = field(default_factory=list)


def offer_history(admin: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponseBase:
    """The page of an offer's history, the latest change first; also of one that was deleted."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    offer_id = int(object_id) if object_id.isdecimal() else 0
    entries = history_of(offer_id)
    if not entries:
        raise Http404
    offer = PrivateOffer.objects.filter(pk=offer_id).first()
    pages = Paginator(entries, ENTRIES)
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "original": offer,
        "title": _("History"),
        "page": pages.get_page(request.GET.get("p")),
    }
    return TemplateResponse(request, "admin/offers/privateoffer/history.html", context)


def history_of(offer_id: int) -> list[Entry]:
    """What happened to an offer, the latest first. Nine queries at most."""
    events = sorted(
        [
            *events_of("PrivateOfferEvent", id=offer_id),
            *events_of("PrivateOfferAltShopEvent", privateoffer_id=offer_id),
            *events_of("PrivateOfferGroupEvent", offer_id=offer_id),
            *events_of("PrivateOfferAudienceEvent", offer_id=offer_id),
        ],
        key=lambda event: (event.pgh_created_at, event.pgh_id),
    )
    names = Names.met_in(events)
    people = people_of(events)
    return list(reversed(list(_entries(events, names, people))))


def events_of(model: str, **conditions: Any) -> Iterable[Any]:
    # pghistory makes these models; they have no name in the source to import.
    events: type[Model] = apps.get_model("offers", model)
    return events._default_manager.filter(**conditions).select_related("pgh_context")


def people_of(events: Iterable[Any]) -> dict[int, str]:
    """Names of the users who changed something. One query."""
    users = {user for event in events if (user := user_id(event)) is not None}
    return {
        user.pk: user.get_full_name() or user.email for user in User.objects.filter(pk__in=users)
    }


def user_id(event: Any) -> int | None:
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def _entries(events: list[Any], names: Names, people: dict[int, str]) -> Iterator[Entry]:
    before = None
    # All events of a transaction carry the moment at which it began.
    for _key, group in groupby(events, key=lambda e: (e.pgh_created_at, e.pgh_context_id)):
        together = list(group)
        entry = Entry(together[0].pgh_created_at, _who(together[0], people), _("changed"))
        for event in together:
            if linked := link_change(event, names):
                entry.changes.append(linked)
                continue
            entry.did = {"insert": _("created"), "delete": _("deleted")}.get(
                event.pgh_label, entry.did
            )
            if event.pgh_label == "insert":
                entry.changes += described(event, names)
            elif before is not None and event.pgh_label == "update":
                entry.changes += changes_between(before, event, names)
            before = event
        yield entry


def _who(event: Any, people: dict[int, str]) -> str:
    user = user_id(event)
    if user is None:
        return _("system")
    return people.get(user, _("a user who was deleted"))
