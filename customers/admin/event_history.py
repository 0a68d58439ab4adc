"""The page of a history: who changed what, and when."""

from typing import Any, Protocol

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from customers.events import Entry

ENTRIES = 25


class History(Protocol):
    def __call__(self, pk: int, /, *, to: Any) -> list[Entry]:
        """What happened to a row, the latest first, as far as the user `to` may know."""


def history_page(
    admin: ModelAdmin, request: HttpRequest, object_id: str, history_of: History
) -> HttpResponseBase:
    """The latest change first; also of what was deleted. Drawn by the model's history.html."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    is_known = object_id.isdecimal() and len(object_id) < 10
    pk = int(object_id) if is_known else 0
    entries = history_of(pk, to=request.user)
    if not entries:
        raise Http404
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "original": admin.model._default_manager.filter(pk=pk).first(),
        "title": _("History"),
        "page": Paginator(entries, ENTRIES).get_page(request.GET.get("p")),
    }
    template = f"admin/{admin.opts.app_label}/{admin.opts.model_name}/history.html"
    return TemplateResponse(request, template, context)
