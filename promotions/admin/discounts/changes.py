"""Values of a discount and its parts in words, and what differs between two states of them."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from customers.admin.target_rights import VIEW, seen_by
from customers.events import Change
from customers.models import Audience, CustomerGroup
from promotions.admin.discounts.form_start import plain
from promotions.models import (
    Category,
    Condition,
    Discount,
    PersonalizedPromotion,
    PointOfSale,
    Product,
    ProductGroup,
    ProductSet,
)
from promotions.models.discount_items import THINGS
from promotions.wording.times import clock, days_in_words

MODELS: dict[str, type[models.Model]] = {
    "DiscountEvent": Discount,
    "ProductSetEvent": ProductSet,
    "ConditionEvent": Condition,
}
NAMED: dict[str, tuple[type[models.Model], str, str]] = {
    "product_id": (Product, "name", gettext_noop("product")),
    "category_id": (Category, "name", gettext_noop("category")),
    "product_group_id": (ProductGroup, "name", gettext_noop("product group")),
    "point_of_sale_id": (PointOfSale, "name", gettext_noop("point of sale")),
    "customer_group_id": (CustomerGroup, "title", gettext_noop("customer group")),
    "audience_id": (Audience, "name", gettext_noop("audience")),
    "personalized_promotion_id": (PersonalizedPromotion, "name", gettext_noop("promotion")),
    "default_product_id": (Product, "name", gettext_noop("product")),
}
"""What events point to: where its name stands, and what it is called by its number."""
TOLD_BY_THE_PART = {"ProductSetEvent": "name", "ConditionEvent": "kind"}
"""What is said already when the part is added."""
HIDDEN = {"customer_group_id": "groups", "audience_id": "audiences"}
"""Only for those who may see these kinds of targets."""


@dataclass(frozen=True)
class Names:
    """What things are called that events point to; parts of the discount by their own events."""

    things: dict[str, dict[int, str]]
    sets: dict[int, str]
    conditions: dict[int, str]

    @classmethod
    def met_in(cls, events: Iterable[Any], *, to: Any) -> "Names":
        """Eight queries at most. What was deleted since is left to be called by its number."""
        met = list(events)
        hidden = VIEW.keys() - seen_by(to)
        return cls(
            {name: _names(name, met) for name in NAMED if HIDDEN.get(name) not in hidden},
            {each.id: each.name for each in met if type(each).__name__ == "ProductSetEvent"},
            {each.id: each.kind for each in met if type(each).__name__ == "ConditionEvent"},
        )

    def thing(self, name: str, number: int) -> str:
        known = self.things.get(name, {}).get(number)
        return known or f"{_(NAMED[name][2])} {number}"

    def condition(self, number: int) -> str:
        return str(dict(Condition.Kind.choices).get(self.conditions.get(number, ""), number))


def _names(name: str, events: list[Any]) -> dict[int, str]:
    numbers = {number for event in events if (number := getattr(event, name, None)) is not None}
    model, column, _label = NAMED[name]
    known = model._default_manager.filter(pk__in=numbers)
    return dict(known.values_list("pk", column)) if numbers else {}


def item_change(event: Any, names: Names) -> Change:
    """Something that is named, or is not any more: for the discount itself or for a part."""
    name = next(f"{thing}_id" for thing in THINGS if getattr(event, f"{thing}_id") is not None)
    told = names.thing(name, getattr(event, name))
    label = str(capfirst(_(NAMED[name][2])))
    if event.product_set_id:
        label = f"{_set_label(names.sets.get(event.product_set_id, ''))} · {label}"
    elif event.condition_id:
        label = f"{_condition_label(names.condition(event.condition_id))} · {label}"
    added = event.pgh_label == "insert"
    return Change(label, "" if added else told, told if added else "")


def part_change(event: Any, names: Names) -> Change:
    """That a product set or a condition came or went."""
    if type(event).__name__ == "ProductSetEvent":
        label, told = _("Product set"), event.name
    else:
        label, told = _("Condition"), names.condition(event.id)
    added = event.pgh_label == "insert"
    return Change(label, "" if added else told, told if added else "")


def field_changes(before: Any, event: Any, names: Names) -> Iterator[Change]:
    """Fields whose values differ; of what is new, those that say something."""
    kind = type(event).__name__
    for field in MODELS[kind]._meta.fields:
        if field.primary_key or field.name in ("discount", "position"):
            continue
        old, new = getattr(before, field.attname, None), getattr(event, field.attname)
        is_told = field.name == TOLD_BY_THE_PART.get(kind) or new in (False, [], "", None)
        if before is None and is_told:
            continue
        if old != new:
            label = _labelled(event, str(capfirst(field.verbose_name)), names)
            yield Change(label, _in_words(field, old, names), _in_words(field, new, names))


def _labelled(event: Any, label: str, names: Names) -> str:
    if type(event).__name__ == "ProductSetEvent":
        return f"{_set_label(event.name)} · {label}"
    if type(event).__name__ == "ConditionEvent":
        return f"{_condition_label(names.condition(event.id))} · {label}"
    return label


def _set_label(name: str) -> str:
    return _("Set “%(name)s”") % {"name": name}


def _condition_label(kind: str) -> str:
    return _("Condition “%(kind)s”") % {"kind": kind}


def _in_words(field: models.Field, value: Any, names: Names) -> str:
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
    if isinstance(value, list):
        return days_in_words(value)
    if isinstance(field, models.DecimalField):
        return plain(value)
    return str(dict(field.flatchoices).get(value, value))
