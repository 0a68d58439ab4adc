"""Who changed what in a discount or a part of it, and when: one timeline of all its rows."""

from collections.abc import Iterator
from typing import Any

from customers.events import Change, Entry, events_of
from promotions.admin.discounts.changes import Names, field_changes, item_change, part_change
from promotions.admin.offer_changes import entries_of

ORDER = ["DiscountEvent", "ProductSetEvent", "ConditionEvent", "DiscountItemEvent"]
"""The discount before its parts, and those before what they name."""


def history_of(discount_id: int, *, to: Any) -> list[Entry]:
    """What happened to a discount and its parts, the latest first. A dozen queries at most.

    Groups and audiences that the user `to` may not see are told by their numbers.
    """
    events = sorted(
        [
            *events_of("promotions", "DiscountEvent", id=discount_id),
            *events_of("promotions", "ProductSetEvent", discount_id=discount_id),
            *events_of("promotions", "ConditionEvent", discount_id=discount_id),
            *events_of("promotions", "DiscountItemEvent", discount_id=discount_id),
        ],
        key=lambda e: (e.pgh_created_at, ORDER.index(type(e).__name__), e.pgh_id),
    )
    names = Names.met_in(events, to=to)

    def changes(before: Any, event: Any) -> Iterator[Change]:
        kind = type(event).__name__
        if kind == "DiscountItemEvent":
            yield item_change(event, names)
            return
        if kind != "DiscountEvent" and event.pgh_label != "update":
            yield part_change(event, names)
        if event.pgh_label != "delete":
            yield from field_changes(before, event, names)

    return entries_of(events, "DiscountEvent", changes)
