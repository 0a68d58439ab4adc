"""Who changed what in a personal offer, its targets and its texts, and when."""

from collections.abc import Iterator
from typing import Any

from customers.events import Change, Entry, events_of
from loyalty.admin.personal_offers.changes import NAMED, field_changes, removed_text
from promotions.admin.offer_changes import Names, entries_of, thing_change, things_met_in

ORDER = ["PersonalOfferEvent", "PersonalOfferTextEvent", "PersonalOfferTargetEvent"]


def history_of(offer_id: int, *, to: Any) -> list[Entry]:
    """What happened to an offer, the latest first. A dozen queries at most.

    Groups and audiences that the user `to` may not see are told by their numbers.
    """
    events = sorted(
        [
            *events_of("loyalty", "PersonalOfferEvent", id=offer_id),
            *events_of("loyalty", "PersonalOfferTextEvent", offer_id=offer_id),
            *events_of("loyalty", "PersonalOfferTargetEvent", offer_id=offer_id),
        ],
        key=lambda e: (e.pgh_created_at, ORDER.index(type(e).__name__), e.pgh_id),
    )
    names = Names(NAMED, things_met_in(events, NAMED, to=to))

    def changes(before: Any, event: Any) -> Iterator[Change]:
        kind = type(event).__name__
        if kind == "PersonalOfferTargetEvent":
            yield thing_change(event, names)
        elif event.pgh_label != "delete":
            yield from field_changes(before, event, names)
        elif kind == "PersonalOfferTextEvent":
            yield removed_text(event)

    return entries_of(events, "PersonalOfferEvent", changes)
