"""Who changed what in an offer, and when, read from what the database's triggers wrote down.

So it knows every change, also those made by SQL or by a job, and those of deleted offers.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponseBase

from customers.admin.event_history import history_page
from customers.events import Entry, did, events_of, transactions
from offers.admin.changes import Names, changes_between, described, link_change


def offer_history(admin: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponseBase:
    return history_page(admin, request, object_id, history_of)


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
