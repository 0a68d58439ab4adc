"""Who changed what in a thing, and when, read from what the database's triggers wrote down."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Field
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from customers.events import Change, Entry, did, events_of, transactions
from imports.backoffice import BackofficeAdmin
from promotions.models.products import is_id

ENTRIES = 25


class WrittenHistory(BackofficeAdmin):
    """For models whose every change is written down, and whose fields are plain values."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        """The latest change first; also of what was deleted."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        entries = self.entries(int(object_id)) if is_id(object_id) else []
        if not entries:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": self.model._default_manager.filter(pk=object_id).first(),
            "title": _("History"),
            "page": Paginator(entries, ENTRIES).get_page(request.GET.get("p")),
        }
        return TemplateResponse(request, "admin/promotions/catalogue/history.html", context)

    def entries(self, object_id: int) -> list[Entry]:
        """Two queries."""
        name = f"{self.model.__name__}Event"
        events = events_of(self.opts.app_label, name, id=object_id).order_by("pgh_id")
        return list(self._entries(events))[::-1]

    def _entries(self, events: Any) -> Iterator[Entry]:
        before = None
        for entry, together in transactions(events):
            for event in together:
                if event.pgh_label != "update":
                    entry.did = did(event)
                if event.pgh_label != "delete":
                    entry.changes += self._changes(before, event)
                before = event
            yield entry

    def _changes(self, before: Any, after: Any) -> Iterator[Change]:
        for field in self.opts.concrete_fields:
            old, new = (getattr(event, field.attname, "") for event in (before, after))
            if field.editable and not field.primary_key and old != new:
                label = str(capfirst(field.verbose_name))
                yield Change(label, _in_words(field, old), _in_words(field, new))


def _in_words(field: "Field[Any, Any]", value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return "" if value is None else str(dict(field.flatchoices).get(value, value))
