from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports import exports, registry
from imports.admin.forms import ExportForm
from imports.admin.import_page import asked_options
from imports.backoffice import BackofficeAdmin
from imports.models import Export
from imports.resources import BulkResource


@admin.register(Export)
class ExportAdmin(BackofficeAdmin):
    """The Export page, and the record of who took out what (T36), which nobody changes."""

    list_display = ["what", "format", "rows_taken", "user", "taken"]
    list_display_links = None
    list_select_related = ["user"]
    ordering = ["-id"]
    actions = None

    class Media:
        css = {"all": ["imports/imports.css"]}

    @admin.display(description=gettext_lazy("Type"), ordering="type")
    def what(self, record: Any) -> str:
        return f"{record.title}: {record.about}" if record.about else record.title

    @admin.display(description=gettext_lazy("Rows"), ordering="rows")
    def rows_taken(self, record: Export) -> str:
        if record.rows is None:
            return _("not finished")
        return str(number_format(record.rows, force_grouping=True))

    @admin.display(description=gettext_lazy("Exported"), ordering="created_at")
    def taken(self, record: Export) -> str:
        return f"{timezone.localtime(record.created_at):%Y-%m-%d %H:%M:%S %Z}"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(registry.exportable_by(request.user))

    def has_change_permission(self, request: HttpRequest, obj: Export | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Export | None = None) -> bool:
        return False

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        _label(changelist.result_list)
        return changelist

    def get_urls(self) -> list[URLPattern]:
        def page(view: Any) -> Any:
            return self.admin_site.admin_view(view)

        return [
            path("", page(self.changelist_view), name="imports_export_changelist"),
            path("add/", page(self.export_page), name="imports_export_add"),
        ]

    def export_page(self, request: HttpRequest) -> HttpResponseBase:
        kinds = registry.exportable_by(request.user)
        wanted = request.GET.get("type") or (kinds[0].slug if kinds else "")
        kind = next((kind for kind in kinds if kind.slug == wanted), None)
        if kind is None:
            raise PermissionDenied
        form = ExportForm(kind, _options(kind, request), request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                return download(request, form)
            except ValidationError as refusal:
                form.add_error(None, refusal)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Export"),
            "kinds": kinds,
            "kind": kind,
            "form": form,
            "opts": self.opts,
            "may_see_records": self.has_view_permission(request),
        }
        return TemplateResponse(request, "admin/imports/export/export.html", context)


def download(request: HttpRequest, form: ExportForm) -> HttpResponseBase:
    """The file as a stream; a POST only, so that no link makes anybody take personal data."""
    record = exports.begin(
        type=form.kind.slug,
        format=form.cleaned_data["format"],
        user=request.user,
        options=form.options(),
    )
    response = StreamingHttpResponse(
        exports.chunks(record), content_type=exports.CONTENT_TYPES[record.format]
    )
    name = f"{record.type}-{timezone.localdate():%Y-%m-%d}.{record.format}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _options(kind: BulkResource, request: HttpRequest) -> dict[str, Any]:
    """What the address narrows the export to; nothing if there is no such thing."""
    try:
        return kind.clean_options(asked_options(kind, request))
    except ValidationError:
        return {}


def _label(records: list[Any]) -> None:
    """Say of each what it was about; as many queries as there are types among them."""
    for slug in {record.type for record in records}:
        kind = registry.registered.get(slug)
        alike = [record for record in records if record.type == slug]
        abouts = kind.describe_all([record.filters for record in alike]) if kind else []
        for number, record in enumerate(alike):
            record.title = str(kind.title if kind else registry.other_exports.get(slug, slug))
            record.about = abouts[number] if kind else ""
