"""What the list of imports says about each of them."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from imports import registry
from imports.admin.wording import result
from imports.backoffice.filters import FieldFilter, SelectFilter
from imports.models import Job, State


class JobColumns:
    @admin.display(description=_("Type"), ordering="type")
    def what(self, job: Any) -> str:
        return f"{job.kind.title}: {job.about}" if job.about else str(job.kind.title)

    @admin.display(description=_("File"), ordering="file_name", empty_value="–")
    def file_sent(self, job: Job) -> str | None:
        return job.file_name or None

    @admin.display(description=_("State"), ordering="state")
    def state_sign(self, job: Job) -> SafeString:
        return render_to_string("admin/imports/job/state.html", {"job": job})

    @admin.display(description=_("Rows"))
    def result(self, job: Job) -> str:
        return result(job)

    @admin.display(description=_("Started by"), ordering="user__email", empty_value="–")
    def started_by(self, job: Job) -> Any:
        return job.user

    @admin.display(description=_("Started"), ordering="created_at")
    def started(self, job: Job) -> str:
        return f"{timezone.localtime(job.created_at):%Y-%m-%d %H:%M:%S %Z}"


class TypeFilter(SelectFilter):
    title = _("type")
    parameter_name = "type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return [(kind.slug, kind.title) for kind in registry.runnable_by(request.user)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(type=self.value()) if self.value() else queryset


class StateFilter(FieldFilter):
    title = _("state")
    parameter_name = "state"
    field, options = "state", State.choices
