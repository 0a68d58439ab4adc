"""What differs between two states of an offer, in words; shared by the histories of all kinds."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from customers.admin.target_rights import VIEW, seen_by
from customers.events import Change, Entry, did, transactions
from customers.models import Audience, CustomerGroup
from promotions.admin.discounts.form_start import plain
from promotions.models import Category, PointOfSale, Product, ProductGroup
from promotions.models.one_thing import thing_of
from promotions.wording.times import clock, days_in_words

Named = Mapping[str, tuple[type[models.Model], str, str]]
"""What events point to: where its name stands, and what it is called by its number."""
NAMED: Named = {
    "product_id": (Product, "name", gettext_noop("product")),
    "category_id": (Category, "name", gettext_noop("category")),
    "product_group_id": (ProductGroup, "name", gettext_noop("product group")),
    "point_of_sale_id": (PointOfSale, "name", gettext_noop("point of sale")),
    "customer_group_id": (CustomerGroup, "title", gettext_noop("customer group")),
    "audience_id": (Audience, "name", gettext_noop("audience")),
}
HIDDEN = {"customer_group_id": "groups", "audience_id": "audiences"}
"""Only for those who may see these kinds of targets."""
Changes = Callable[[Any, Any], Iterable[Change]]
"""What an event changed, after the event of the same row before it, if any."""


@dataclass(frozen=True)
class Names:
    """What things are called that events point to."""

    named: Named
    things: Mapping[str, Mapping[int, str]]

    def thing(self, name: str, number: int) -> str:
        known = self.things.get(name, {}).get(number)
        return known or f"{self.kind(name)} {number}"

    def kind(self, name: str) -> str:
        return _(self.named[name][2])


def things_met_in(events: list[Any], named: Named, *, to: Any) -> dict[str, dict[int, str]]:
    """Names by key and number, of what the user `to` may see. One query a key at most.

    What was deleted since is left to be called by its number.
    """
    hidden = VIEW.keys() - seen_by(to)
    return {name: _things(name, events, named) for name in named if HIDDEN.get(name) not in hidden}


def _things(name: str, events: list[Any], named: Named) -> dict[int, str]:
    numbers = {number for event in events if (number := getattr(event, name, None)) is not None}
    model, column, _label = named[name]
    known = model._default_manager.filter(pk__in=numbers)
    return dict(known.values_list("pk", column)) if numbers else {}


def entries_of(events: list[Any], offer: str, changes: Changes) -> list[Entry]:
    """Of events in their order, the latest first; `offer` is the kind of the offer's own."""
    before: dict[tuple[type, int], Any] = {}
    entries = []
    for entry, together in transactions(events):
        for event in together:
            if type(event).__name__ == offer and event.pgh_label != "update":
                entry.did = did(event)
            row = (type(event), event.id)
            entry.changes += changes(before.get(row), event)
            before[row] = event
        if entry.changes or entry.did != _("changed"):
            entries.append(entry)
    return entries[::-1]


def thing_change(event: Any, names: Names) -> Change:
    """Something that is named, or is not any more."""
    name = f"{thing_of(event)}_id"
    return came_or_went(event, capfirst(names.kind(name)), names.thing(name, getattr(event, name)))


def came_or_went(event: Any, label: str, told: str) -> Change:
    added = event.pgh_label == "insert"
    return Change(label, "" if added else told, told if added else "")


def in_words(field: models.Field, value: Any, names: Names) -> str:
    if value is None:
        return ""
    if field.is_relation:
        return names.thing(field.attname, value)
    if isinstance(value, dt.time):
        return clock(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
    if isinstance(field, ArrayField):
        labels = dict(field.base_field.flatchoices)
        return (
            ", ".join(str(labels.get(each, each)) for each in value)
            if labels
            else days_in_words(value)
        )
    if isinstance(field, models.DecimalField):
        return plain(value)
    return str(dict(field.flatchoices).get(value, value))
