"""The Import page (T32): what can be imported, what a file of it looks like, and the upload."""

import csv
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import structlog
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _

from imports import jobs, registry
from imports.admin.forms import ImportForm
from imports.admin.wording import label
from imports.resources import BulkResource, Column

if TYPE_CHECKING:
    from imports.admin.jobs import JobAdmin

RECENT = 5
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Described:
    """A type as the page shows it; with options, as they change it."""

    kind: BulkResource
    options: dict[str, Any]

    @cached_property
    def by_key(self) -> dict[str, Column]:
        return self.kind.columns(self.options)

    @property
    def columns(self) -> list[Column]:
        return list(self.by_key.values())

    @property
    def example(self) -> list[list[str]]:
        """The header and the example's rows, without what the options say already."""
        needed = {key for key, each in self.kind.fields.items() if each.required}
        columns = enumerate(self.by_key.items())
        shown = [n for n, (key, each) in columns if each.required or key not in needed]
        header = [column.column_name for column in self.columns]
        rows = (header, *self.kind.example_rows(self.options))
        return [[row[n] for n in shown if n < len(row)] for row in rows]

    @property
    def example_url(self) -> str:
        return f"{reverse('admin:imports_job_example', args=[self.kind.slug])}{query(self.options)}"


def import_page(admin: "JobAdmin", request: HttpRequest) -> HttpResponseBase:
    kinds = registry.importable_by(request.user)
    if not kinds:
        raise PermissionDenied
    chosen = next((kind for kind in kinds if kind.slug == request.GET.get("type")), None)
    try:
        options = chosen.clean_options(asked_options(chosen, request)) if chosen else {}
    except ValidationError as refusal:
        return _page(admin, request, {"refusal": refusal.messages})
    if chosen and options:
        kinds = [chosen]
    form = ImportForm(kinds, request.POST or None, request.FILES or None)
    form.initial["type"] = chosen.slug if chosen else None
    if request.method == "POST" and form.is_valid() and (job := _start(request, form, options)):
        return redirect("admin:imports_job_change", job.pk)
    about = chosen.describe(options) if chosen and options else ""
    described = [Described(kind, options) for kind in kinds]
    return _page(admin, request, {"form": form, "kinds": described, "about": about})


def _start(request: HttpRequest, form: ImportForm, options: dict[str, Any]) -> jobs.Job | None:
    """The new job; None if it can't be, which the form then says."""
    chosen = form.cleaned_data
    try:
        job = jobs.start(
            type=chosen["type"],
            user=cast(AbstractBaseUser, request.user),
            options=options,
            file=chosen["file"],
            encoding=chosen["encoding"],
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
    log.info("import_started", job=job.pk, type=job.type, user=request.user.pk)
    return job


def _page(admin: "JobAdmin", request: HttpRequest, context: dict[str, Any]) -> HttpResponseBase:
    recent = list(admin.get_queryset(request)[:RECENT])
    label(recent)
    about = context.get("about")
    title = _("Import to “%s”") % about if about else _("Import")
    common = {**admin.admin_site.each_context(request), "title": title, "recent": recent}
    return TemplateResponse(
        request, "admin/imports/job/import.html", {**common, "opts": admin.opts, **context}
    )


def example(admin: "JobAdmin", request: HttpRequest, slug: str) -> HttpResponseBase:
    """The example of a type as a file to start from."""
    kind = next((kind for kind in registry.importable_by(request.user) if kind.slug == slug), None)
    if kind is None:
        raise PermissionDenied
    try:
        options = kind.clean_options(asked_options(kind, request))
    except ValidationError as refusal:
        raise Http404 from refusal
    name = content_disposition_header(as_attachment=True, filename=f"{slug}-example.csv")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = name
    csv.writer(response).writerows(Described(kind, options).example)
    return response


def asked_options(kind: Any, request: HttpRequest) -> dict[str, Any]:
    """The options that an address names."""
    return {name: request.GET[name] for name in kind.option_names if request.GET.get(name)}


def query(options: dict[str, Any]) -> str:
    return f"?{urlencode(options)}" if options else ""


def import_url(type: str, options: dict[str, Any]) -> str:
    """The Import page with the same type and options chosen."""
    return f"{reverse('admin:imports_job_add')}{query({'type': type, **options})}"
