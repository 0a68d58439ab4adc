"""Settings > Points programme: one row, so that its form opens at once, without a list."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from loyalty.models import Programme, programme
from promotions.admin.catalogue.history import WrittenHistory

ONLY = "1"


@admin.register(Programme)
class ProgrammeAdmin(WrittenHistory):
    """Until somebody saves it the first time, the form shows the defaults, which hold."""

    form_title = _("Points programme")
    fieldsets = (
        (_("Earning"), {"fields": ["delay_days", "lifetime_days", "whole_points"]}),
        (_("Paying"), {"fields": ["share"]}),
    )

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Programme | None:
        return programme() if object_id == ONLY else None

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect("admin:loyalty_programme_change", ONLY)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        may_see = self.has_view_permission(request)
        if may_see and object_id == ONLY and not Programme.objects.exists():
            messages.info(request, _("Nobody has changed anything yet: these are the defaults."))
            return redirect("admin:loyalty_programme_change", ONLY)
        return super().history_view(request, object_id, extra_context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
