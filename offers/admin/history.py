"""Who changed what in an offer, and when, read from what the database's triggers wrote down.

So it knows every change, also those made by SQL or by a job, and those of deleted offers.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from customers.events import Entry, did, events_of, transactions
from offers.admin.changes import Names, changes_between, described, link_change
from offers.models import PrivateOffer

ENTRIES = 25


def offer_history(admin: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponseBase:
    """The page of an offer's history, the latest change first; also of one that was deleted."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    offer_id = int(object_id) if object_id.isdecimal() else 0
    entries = history_of(offer_id, to=request.user)
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


def history_of(offer_id: int, *, to: Any) -> list[Entry]:
    """What happened to an offer, the latest first. Nine queries at most.

    Groups and audiences that the user `to` may not see are told by their numbers.
    """
    events = sorted(
        [
            *events_of("offers", "PrivateOfferEvent", id=offer_id),
            *events_of("offers", "PrivateOfferAltShopEvent", privateoffer_id=offer_id),
            *events_of("offers", "PrivateOfferGroupEvent", offer_id=offer_id),
            *events_of("offers", "PrivateOfferAudienceEvent", offer_id=offer_id),
        ],
        key=lambda event: (event.pgh_created_at, event.pgh_id),
    )
    names = Names.met_in(events, to=to)
    return list(reversed(list(_entries(events, names))))


def _entries(events: list[Any], names: Names) -> Iterator[Entry]:
    before = None
    for entry, together in transactions(events):
        for event in together:
            if linked := link_change(event, names):
                entry.changes.append(linked)
                continue
            if event.pgh_label != "update":
                entry.did = did(event)
            if event.pgh_label == "insert":
                entry.changes += described(event, names)
            elif before is not None and event.pgh_label == "update":
                entry.changes += changes_between(before, event, names)
            before = event
        yield entry
