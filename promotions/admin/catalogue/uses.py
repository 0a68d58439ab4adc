"""The discounts that name something of the catalogue, as its page shows them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from promotions.catalogue.uses import Thing, discounts_naming

MOST = 50


@dataclass(frozen=True)
class Use:
    """A discount; the address of its page for those only who may look at it."""

    name: str
    url: str


def uses_of(thing: Thing | None, user: Any) -> list[Use]:
    """The first of them by name. One query."""
    if thing is None:
        return []
    may_look = user.has_perm("promotions.view_discount")
    return [
        Use(name, reverse("admin:promotions_discount_change", args=[pk]) if may_look else "")
        for pk, name in discounts_naming(thing).values_list("pk", "name")[:MOST]
    ]
