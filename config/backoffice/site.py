from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from unfold.sites import UnfoldAdminSite

from imports.backoffice import BackofficeAdmin


class BackofficeSite(UnfoldAdminSite):
    """The Django admin in our theme, with no other pages than ours."""

    def register(
        self, model_or_iterable: Any, admin_class: type[ModelAdmin] | None = None, **options: Any
    ) -> None:
        """Only what builds on our base class.

        Pages that libraries bring along, such as the queue's, know neither the theme nor our
        rules; operators have commands for them.
        """
        if admin_class and issubclass(admin_class, BackofficeAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The menu has chapters; Django's apps are nothing that people know."""
        return redirect("admin:index")
