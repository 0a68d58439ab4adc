"""The tab of an audience's page with who changed what in it, and when."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Field
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from customers.admin.target_rights import condition_fields_seen_by
from customers.audiences.fields import ConditionField
from customers.audiences.tree import parse
from customers.audiences.words import in_words
from customers.events import Change, Entry, did, events_of, transactions
from customers.models import Audience
from imports.backoffice import Tab

MOST = 100
"""Of the changes, the latest are told."""

FIELDS = ("name", "kind", "description", "conditions")


def history_tab(request: HttpRequest, audience: Any) -> SafeString:
    entries, more = history_of(audience.pk, to=request.user)
    context = {"entries": entries, "more": more, "most": MOST}
    return render_to_string("admin/customers/audience/history.html", context, request)


def history_of(audience_id: int, *, to: Any) -> tuple[list[Entry], bool]:
    """The latest first, as far as `to` may know, and whether there are more. Four queries."""
    latest = events_of("customers", "AudienceEvent", id=audience_id).order_by("-pgh_id")
    events = list(reversed(latest[: MOST + 1]))
    # What came before the first that is told says what that one changed.
    more = len(events) > MOST
    before = events.pop(0) if more else None
    fields, entries = condition_fields_seen_by(to), []
    for entry, together in transactions(events):
        entry.did = did(together[0])
        for event in together:
            entry.changes += _changes(before, event, fields)
            before = event
        entries.append(entry)
    return entries[::-1], more


def _changes(before: Any, event: Any, fields: Mapping[str, ConditionField]) -> Iterator[Change]:
    for name in FIELDS:
        old, new = getattr(before, name, None), getattr(event, name)
        if (old or None) != (new or None):
            field = cast(Field, Audience._meta.get_field(name))
            label = str(capfirst(field.verbose_name))
            yield Change(label, _written(name, old, fields), _written(name, new, fields))


def _written(name: str, value: Any, fields: Mapping[str, ConditionField]) -> str:
    """A field's value in words; conditions by the attributes as they are now."""
    if value is None:
        return ""
    if name == "kind":
        return str(Audience.Kind(value).label)
    if name != "conditions":
        return str(value)
    try:
        return in_words(parse(value, fields))
    except ValidationError as error:
        return " ".join(error.messages)


HISTORY = Tab("history", _("History"), "customers.view_audience", history_tab, order=90)
