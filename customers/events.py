"""What the database's triggers wrote down of a model's rows, and whose doing it was.

So it knows every change, also those made by SQL or by a job, and those of deleted rows.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.translation import gettext

from customers.models import User


@dataclass(frozen=True)
class Change:
    """One field's old and new value in words; an empty one means that there was or is none."""

    label: str
    old: str
    new: str


@dataclass
class Entry:
    """All that one transaction did to something."""

    at: dt.datetime
    who: str
    did: str
    changes: list[Change] = field(default_factory=list)


def events_of(app: str, model: str, **conditions: Any) -> QuerySet[Any]:
    """The events of rows that meet the conditions, each with whose it was."""
    # pghistory makes these models; they have no name in the source to import.
    events: type[Model] = apps.get_model(app, model)
    return events._default_manager.filter(**conditions).select_related("pgh_context")


def _people_of(events: Iterable[Any]) -> dict[int, str]:
    """Names of the users who changed something. One query."""
    users = {user for event in events if (user := _user_id(event)) is not None}
    return {
        user.pk: user.get_full_name() or user.email for user in User.objects.filter(pk__in=users)
    }


def _user_id(event: Any) -> int | None:
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def transactions(events: Iterable[Any]) -> Iterator[tuple[Entry, list[Any]]]:
    """Events, given in their order, by transaction; the entries lack the changes. One query."""
    ordered = list(events)
    people = _people_of(ordered)
    # All events of a transaction carry the moment at which it began.
    for (at, _context), group in groupby(
        ordered, key=lambda event: (event.pgh_created_at, event.pgh_context_id)
    ):
        together = list(group)
        yield Entry(at, _who(together[0], people), gettext("changed")), together


def did(event: Any) -> str:
    """What became of the row itself."""
    deeds = {"insert": gettext("created"), "delete": gettext("deleted")}
    return deeds.get(event.pgh_label, gettext("changed"))


def _who(event: Any, people: dict[int, str]) -> str:
    user = _user_id(event)
    if user is None:
        return gettext("system")
    return people.get(user, gettext("a user who was deleted"))
