from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from imports.backoffice import BackofficeAdmin
from offers.models import AltShop


@admin.register(AltShop)
class AltShopAdmin(BackofficeAdmin):
    """The shop fronts: their host names and time zones."""

    list_display = ["name", "key", "host", "time_zone", "is_default"]
    search_fields = ["name", "key", "host"]
    ordering = ["name"]
    fields = ["name", "key", "host", "time_zone", "is_default"]
    actions = None

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        return super().changelist_view(request, {"title": _("Altshops"), **(extra_context or {})})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponseBase:
        title = {"title": _("Altshop"), "subtitle": None}
        return super().changeform_view(
            request, object_id, form_url, {**title, **(extra_context or {})}
        )
