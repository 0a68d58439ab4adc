"""What uses something of the catalogue, as its pages show it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from promotions.catalogue.uses import Thing, uses_of


@dataclass(frozen=True)
class Shown:
    """In words; the address of its page for those only who may look at it."""

    text: str
    url: str = ""


def shown_uses(thing: Thing | None, user: Any) -> list[Shown]:
    """A query for each kind of use."""
    if thing is None:
        return []
    return [
        Shown(
            f"{use.kind} “{use.name}”",
            reverse(use.view, args=[use.pk]) if user.has_perm(use.permission) else "",
        )
        for use in uses_of(thing)
    ]
