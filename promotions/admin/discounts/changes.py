"""Values of a discount and its parts in words, and what differs between two states of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from customers.events import Change
from promotions.admin import offer_changes
from promotions.admin.offer_changes import in_words
from promotions.models import (
    Condition,
    Discount,
    PersonalizedPromotion,
    Product,
    ProductSet,
)

MODELS: dict[str, type[models.Model]] = {
    "DiscountEvent": Discount,
    "ProductSetEvent": ProductSet,
    "ConditionEvent": Condition,
}
NAMED: offer_changes.Named = {
    **offer_changes.NAMED,
    "personalized_promotion_id": (PersonalizedPromotion, "name", gettext_noop("promotion")),
    "default_product_id": (Product, "name", gettext_noop("product")),
}
TOLD_BY_THE_PART = {"ProductSetEvent": "name", "ConditionEvent": "kind"}
"""What is said already when the part is added."""


@dataclass(frozen=True)
class Names(offer_changes.Names):
    """What things are called that events point to; parts of the discount by their own events."""

    sets: Mapping[int, str]
    conditions: Mapping[int, str]

    @classmethod
    def met_in(cls, events: list[Any], *, to: Any) -> "Names":
        """Eight queries at most."""
        return cls(
            NAMED,
            offer_changes.things_met_in(events, NAMED, to=to),
            {each.id: each.name for each in events if type(each).__name__ == "ProductSetEvent"},
            {each.id: each.kind for each in events if type(each).__name__ == "ConditionEvent"},
        )

    def condition(self, number: int) -> str:
        return str(dict(Condition.Kind.choices).get(self.conditions.get(number, ""), number))


def item_change(event: Any, names: Names) -> Change:
    """Something that is named, or is not any more: for the discount itself or for a part."""
    change = offer_changes.thing_change(event, names)
    if event.product_set_id:
        part = _set_label(names.sets.get(event.product_set_id, ""))
    elif event.condition_id:
        part = _condition_label(names.condition(event.condition_id))
    else:
        return change
    return replace(change, label=f"{part} · {change.label}")


def part_change(event: Any, names: Names) -> Change:
    """That a product set or a condition came or went."""
    if type(event).__name__ == "ProductSetEvent":
        label, told = _("Product set"), event.name
    else:
        label, told = _("Condition"), names.condition(event.id)
    return offer_changes.came_or_went(event, label, told)


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
            yield Change(label, in_words(field, old, names), in_words(field, new, names))


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
