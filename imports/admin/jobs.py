from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from imports import registry
from imports.admin import import_page, job_page
from imports.admin.columns import JobColumns, StateFilter, TypeFilter
from imports.admin.wording import label
from imports.backoffice import BackofficeAdmin
from imports.models import Job


@admin.register(Job)
class JobAdmin(JobColumns, BackofficeAdmin):
    """The list of imports, the Import page (T32) and the page of each.

    Who may do what is said by the types, not by the model: a job and all that hangs on it is
    seen by those who may start its like. The admin's own forms never touch a job.
    """

    list_title = _("Imports")
    list_display = ["what", "file_sent", "state_sign", "result", "started_by", "started"]
    list_select_related = ["user"]
    list_filter = [TypeFilter, StateFilter]
    search_fields = ["file_name"]
    search_help_text = _("File name")
    ordering = ["-id"]
    actions = None

    class Media:
        css = {"all": ["imports/imports.css"]}

    def has_view_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        allowed = {kind.slug for kind in registry.runnable_by(request.user)}
        return bool(allowed) if obj is None else obj.type in allowed

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(registry.importable_by(request.user))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        allowed = [kind.slug for kind in registry.runnable_by(request.user)]
        return super().get_queryset(request).filter(type__in=allowed)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        label(changelist.result_list)
        return changelist

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: Any, name: str) -> URLPattern:
            return self.own_page(route, view, f"imports_job_{name}")

        return [
            path(
                "", self.admin_site.admin_view(self.changelist_view), name="imports_job_changelist"
            ),
            page("add/", import_page.import_page, "add"),
            page("example/<slug:slug>.csv", import_page.example, "example"),
            page("<int:job_id>/change/", job_page.job_page, "change"),
            page("<int:job_id>/progress/", job_page.progress, "progress"),
            page("<int:job_id>/rejects.csv", job_page.rejects, "rejects"),
            page("<int:job_id>/undo/", job_page.undo, "undo"),
            page("<int:job_id>/<str:step>/", job_page.take_step, "step"),
        ]
