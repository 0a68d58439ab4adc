from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from imports.backoffice import BackofficeAdmin
from offers.admin import pictures
from offers.admin.forms import UploadForm
from offers.models import Image
from offers.picture_uses import Use, uses_of


@admin.register(Image)
class ImageAdmin(BackofficeAdmin):
    """The image gallery: a grid of pictures, uploaded several at once."""

    list_title = _("Image gallery")
    list_display = ["title"]
    search_fields = ["title"]
    ordering = ["-id"]
    fields = ["title", "shown"]
    readonly_fields = ["shown"]
    actions = None

    class Media:
        css = {"all": ["offers/backoffice-offers.css", "offers/backoffice-form.css"]}

    @admin.display(description=_("picture"))
    def shown(self, image: Image) -> SafeString:
        return format_html(
            '<img class="bo-picture" src="{}" alt="" width="{}" height="{}">'
            '<p class="bo-quiet">{} × {}</p>',
            image.file.url,
            image.width,
            image.height,
            image.width,
            image.height,
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        response = super().changelist_view(request, extra_context)
        shown = getattr(response, "context_data", {}).get("cl")
        if shown is not None:
            uses = uses_of([image.pk for image in shown.result_list])
            for image in shown.result_list:
                image.uses = uses[image.pk]
        return response

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponseBase:
        if not self.has_add_permission(request):
            raise PermissionDenied
        sent = request.method == "POST"
        form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
        if form.is_valid():
            count = len(form.save())
            told = ngettext("%d picture was added.", "%d pictures were added.", count) % count
            messages.success(request, told)
            return redirect("admin:offers_image_changelist")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Upload pictures"),
            "form": form,
        }
        return TemplateResponse(request, "admin/offers/image/upload.html", context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponseBase:
        context = {"title": _("Picture"), "subtitle": None, "uses": self._uses(object_id)}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        context = {"title": _("Delete picture"), "subtitle": None, "uses": self._uses(object_id)}
        return super().delete_view(request, object_id, context | (extra_context or {}))

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        super().delete_model(request, obj)
        for file in (obj.file, obj.thumbnail):
            transaction.on_commit(partial(file.storage.delete, str(file.name)))

    def _uses(self, object_id: str) -> list[Use]:
        known = object_id.isdecimal() and len(object_id) < 10
        return uses_of([int(object_id)])[int(object_id)] if known else []

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("browse/", wrap(pictures.browse), name="offers_image_browse"),
            path("upload/", wrap(pictures.upload), name="offers_image_upload"),
            *super().get_urls(),
        ]
