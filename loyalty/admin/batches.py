"""Batches of cashback: the list, and a batch's page with its progress, report and undo (D17)."""

from typing import Any, cast

import structlog
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import User
from imports import jobs
from imports.admin.job_page import standing
from imports.admin.wording import label
from imports.backoffice import BackofficeAdmin
from loyalty import reversal
from loyalty.admin import customer_tab, group_tab, wording
from loyalty.admin.batch_filters import KindFilter, ModeFilter
from loyalty.admin.rights import may_post
from loyalty.group_cashback import GroupCashback
from loyalty.models import Batch
from loyalty.wording import money
from offers.admin.columns import written

log = structlog.get_logger(__name__)


@admin.register(Batch)
class BatchAdmin(BackofficeAdmin):
    """Read only: batches are made in the Cashback tabs of groups and customers, and stay."""

    list_title = _("Cashback batches")
    list_display = ["made", "whom", "asked", "comment", "customers", "sum", "state", "saved_by"]
    list_select_related = ["group", "job", "created_by", "undone_by"]
    list_filter = [KindFilter, ModeFilter]
    search_fields = ["comment", "group__title"]
    search_help_text = _("Comment or group")
    sortable_by = ["made"]
    ordering = ["-pk"]
    actions = None

    class Media:
        css = {"all": ["offers/backoffice-offers.css", "loyalty/backoffice.css"]}

    @admin.display(description=_("Saved"), ordering="pk")
    def made(self, batch: Batch) -> str:
        return written(batch.created_at)

    @admin.display(description=_("For"))
    def whom(self, batch: Batch) -> str:
        return wording.whom(batch)

    @admin.display(description=_("Amount"))
    def asked(self, batch: Batch) -> str:
        return wording.asked(batch)

    @admin.display(description=_("Customers"))
    def customers(self, batch: Batch) -> str:
        return str(batch.members) if batch.posted_at else "–"

    @admin.display(description=_("Total"))
    def sum(self, batch: Batch) -> str:
        return money(batch.total, signed=True) if batch.posted_at else "–"

    @admin.display(description=_("State"))
    def state(self, batch: Batch) -> str:
        return wording.state(batch)

    @admin.display(description=_("Saved by"))
    def saved_by(self, batch: Batch) -> str:
        return str(batch.created_by or "–")

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        wording.name_customers(changelist.result_list, to=request.user)
        return changelist

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponseBase:
        """The report; while a worker has the batch in hand, how far it is."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        batch = self.get_object(request, object_id)
        if batch is None:
            raise Http404
        wording.name_customers([batch], to=request.user)
        job = batch.job if wording.is_running(batch) else None
        if job:
            label([job])
        return self.page(
            request,
            "batch",
            title=_("Cashback of %s") % wording.whom(batch),
            batch=batch,
            figures=wording.figures(batch) if batch.posted_at else [],
            asked=wording.asked(batch),
            state=wording.state(batch),
            job=job,
            may_undo=self._may_undo(request, batch),
            too_late=wording.is_fresh(batch) and not wording.can_be_undone(batch),
            **(standing(job) if job else {}),
        )

    def undo_view(self, request: HttpRequest, batch_id: int) -> HttpResponseBase:
        """Asks first; the answer is a POST. A group's is taken back by the worker."""
        if not may_post(request.user):
            raise PermissionDenied
        batch = get_object_or_404(self.get_queryset(request), pk=batch_id)
        if not self._may_undo(request, batch):
            messages.info(request, _("There is nothing to undo any more."))
            return redirect("admin:loyalty_batch_change", batch.pk)
        if request.method != "POST":
            context = {"batch": batch, "figures": wording.figures(batch)}
            context["explained"] = GroupCashback.undo_text
            return self.page(request, "undo", title=_("Undo this batch?"), **context)
        user = cast(User, request.user)
        if batch.job:
            jobs.undo(batch.job, user=user)
        else:
            reversal.undo(batch=batch, user=user, at=timezone.now())
        log.info("cashback_undo", batch=batch.pk, user=user.pk)
        return redirect("admin:loyalty_batch_change", batch.pk)

    def _may_undo(self, request: HttpRequest, batch: Batch) -> bool:
        fresh = wording.is_fresh(batch) and wording.can_be_undone(batch)
        return fresh and may_post(request.user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Batch]:
        related = ("group", "job", "created_by", "undone_by", "undo_of")
        return super().get_queryset(request).select_related(*related)

    def page(self, request: HttpRequest, name: str, **context: Any) -> HttpResponseBase:
        common = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/loyalty/batch/{name}.html", common | context)

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: Any, name: str) -> URLPattern:
            return path(route, self.admin_site.admin_view(view), name=f"loyalty_batch_{name}")

        def of_group(request: HttpRequest, group_id: int) -> HttpResponseBase:
            return group_tab.cashback_page(self, request, group_id)

        def of_customer(request: HttpRequest, customer_id: int) -> HttpResponseBase:
            return customer_tab.cashback_page(self, request, customer_id)

        return [
            page("group/<int:group_id>/", of_group, "of_group"),
            page("customer/<int:customer_id>/", of_customer, "of_customer"),
            page("<int:batch_id>/undo/", self.undo_view, "undo"),
            *super().get_urls(),
        ]
