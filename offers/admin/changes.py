"""Values of an offer in words, and what differs between two states of it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from customers.admin.target_rights import VIEW, seen_by
from customers.events import Change
from customers.models import Audience, CustomerGroup
from offers.admin.columns import written
from offers.models import AltShop, Image, PrivateOffer

FIELDS = [field for field in PrivateOffer._meta.fields if field.editable and not field.primary_key]


@dataclass(frozen=True)
class Link:
    """What an offer is linked to by rows of their own, whose events have `attname`."""

    attname: str
    field: str
    model: type[models.Model]
    name: str
    unnamed: str


LINKS = [
    Link("altshop_id", "altshops", AltShop, "name", gettext_noop("altshop %(id)s")),
    Link("group_id", "groups", CustomerGroup, "title", gettext_noop("group %(id)s")),
    Link("audience_id", "audiences", Audience, "name", gettext_noop("audience %(id)s")),
]


@dataclass(frozen=True)
class Names:
    """What the pictures and the links are called to which events point."""

    pictures: dict[int, str]
    linked: dict[str, dict[int, str]]

    @classmethod
    def met_in(cls, events: Iterable[Any], *, to: Any) -> "Names":
        """Four queries at most.

        What was deleted since, or the user `to` may not see, is left to be called by its number.
        """
        hidden = VIEW.keys() - seen_by(to)
        pictures = {
            getattr(event, field.attname)
            for event in events
            for field in FIELDS
            if field.is_relation and hasattr(event, field.attname)
        }
        return cls(
            dict(Image.objects.filter(pk__in=pictures).values_list("pk", "title")),
            {link.attname: _names(link, events) for link in LINKS if link.field not in hidden},
        )

    def picture(self, pk: int) -> str:
        return self.pictures.get(pk) or _("picture %(id)s") % {"id": pk}


def _names(link: Link, events: Iterable[Any]) -> dict[int, str]:
    met = {getattr(event, link.attname) for event in events if hasattr(event, link.attname)}
    known = link.model._default_manager.filter(pk__in=met)
    return dict(known.values_list("pk", link.name)) if met else {}


def link_change(event: Any, names: Names) -> Change | None:
    """What an event of a linking row says; None for an event of the offer itself."""
    link = next((link for link in LINKS if hasattr(event, link.attname)), None)
    if link is None:
        return None
    number = getattr(event, link.attname)
    known = names.linked.get(link.attname, {})
    name = known.get(number) or _(link.unnamed) % {"id": number}
    added = event.pgh_label == "insert"
    return Change(label_of(link.field), "" if added else name, name if added else "")


def changes_between(old: Any, new: Any, names: Names) -> Iterator[Change]:
    """The fields whose values differ, in the order of the form."""
    for field in FIELDS:
        before, after = getattr(old, field.attname), getattr(new, field.attname)
        if before != after:
            yield Change(
                label_of(field.name), in_words(field, before, names), in_words(field, after, names)
            )


def described(event: Any, names: Names) -> Iterator[Change]:
    """All that a new offer was given."""
    for field in FIELDS:
        if words := in_words(field, getattr(event, field.attname), names):
            yield Change(label_of(field.name), "", words)


def label_of(name: str) -> str:
    field = cast(models.Field, PrivateOffer._meta.get_field(name))
    return str(capfirst(field.verbose_name))


def in_words(field: models.Field, value: Any, names: Names) -> str:
    if field.is_relation:
        return names.picture(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return written(value)
    return str(dict(field.flatchoices).get(value, value))
