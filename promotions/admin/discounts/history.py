"""Who changed what in a discount or a part of it, and when: one timeline of all its rows."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from customers.events import Change, Entry, did, events_of, transactions
from promotions.admin.discounts.changes import Names, field_changes, item_change, part_change
from promotions.models import Discount

ENTRIES = 25
Key = tuple[type, int]


def discount_history(admin: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponseBase:
    """The latest change first; also of a discount that was deleted."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    known = object_id.isdecimal() and len(object_id) < 10
    discount_id = int(object_id) if known else 0
    entries = history_of(discount_id, to=request.user)
    if not entries:
        raise Http404
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "original": Discount.objects.filter(pk=discount_id).first(),
        "title": _("History"),
        "page": Paginator(entries, ENTRIES).get_page(request.GET.get("p")),
    }
    return TemplateResponse(request, "admin/promotions/discount/history.html", context)


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
        key=lambda event: (event.pgh_created_at, _rank(event), event.pgh_id),
    )
    names = Names.met_in(events, to=to)
    return list(reversed(list(_entries(events, names))))


def _rank(event: Any) -> int:
    """The discount before its parts, and those before what they name."""
    order = ["DiscountEvent", "ProductSetEvent", "ConditionEvent", "DiscountItemEvent"]
    return order.index(type(event).__name__)


def _entries(events: list[Any], names: Names) -> Iterator[Entry]:
    before: dict[Key, Any] = {}
    for entry, together in transactions(events):
        for event in together:
            if type(event).__name__ == "DiscountEvent" and event.pgh_label != "update":
                entry.did = did(event)
            entry.changes += _changes(before, event, names)
            if hasattr(event, "id"):
                before[type(event), event.id] = event
        if entry.changes or entry.did != _("changed"):
            yield entry


def _changes(before: dict[Key, Any], event: Any, names: Names) -> Iterator[Change]:
    kind = type(event).__name__
    if kind == "DiscountItemEvent":
        yield item_change(event, names)
        return
    if kind != "DiscountEvent" and event.pgh_label != "update":
        yield part_change(event, names)
    if event.pgh_label == "delete":
        return
    yield from field_changes(before.get((type(event), event.id)), event, names)
