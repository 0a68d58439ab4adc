from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.admin.target_choice import form_for
from customers.admin.target_rights import seen_by, unnamed
from imports.backoffice import BackofficeAdmin
from promotions.admin.discounts import duplicate, goods, preview, removal
from promotions.admin.discounts.columns import DiscountColumns, describe, row_actions
from promotions.admin.discounts.filters import (
    KindFilter,
    PersonalizedFilter,
    PointOfSaleFilter,
    StackingFilter,
    StatusFilter,
)
from promotions.admin.discounts.form import DiscountForm
from promotions.admin.discounts.history import discount_history
from promotions.admin.discounts.stale import wait_for_others
from promotions.admin.discounts.status import with_status
from promotions.admin.discounts.summary import summary
from promotions.admin.discounts.usage import with_counters
from promotions.composing import store
from promotions.models import Discount
from promotions.wording import sentence


@admin.register(Discount)
class DiscountAdmin(DiscountColumns, BackofficeAdmin):
    """The list and the form of discounts (E13–E23)."""

    list_title, form_title = _("Discounts"), _("Discount")
    list_display = [
        *("shown_name", "shown_value", "where", "when"),
        *("with_others", "status", "used"),
    ]
    list_display_links = ["shown_name"]
    list_filter = [StatusFilter, StackingFilter, KindFilter, PointOfSaleFilter, PersonalizedFilter]
    search_fields = ["name"]
    search_help_text = _("Name")
    ordering = ["priority", "id"]
    actions = None
    fields = ["name"]
    change_form_template = "admin/promotions/discount/change_form.html"

    class Media:
        css = {
            "all": [
                "offers/backoffice-offers.css",
                "offers/backoffice-form.css",
                "promotions/discounts.css",
                "promotions/discount-cards.css",
            ]
        }
        js = ["promotions/discount-cards.js", "promotions/discount-words.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Discount]:
        return with_counters(with_status(super().get_queryset(request), timezone.now()))

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [*super().get_list_display(request), row_actions(request)]

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        describe(changelist.result_list, seen_by(request.user))
        return changelist

    def get_form(
        self, request: HttpRequest, obj: Discount | None = None, change: bool = False, **kwargs: Any
    ) -> type:
        """Who may only look gets no fields: the page then tells what there is."""
        if change and not self.has_change_permission(request, obj):
            return super().get_form(request, obj, change, **kwargs)
        return form_for(request.user, DiscountForm)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        copied = request.GET.get("copy", "")
        return duplicate.initial_values(request, copied) if copied else {}

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form, discount = context["adminform"].form, context["original"]
        if discount:
            saved = self.get_queryset(request).get(pk=discount.pk)
            context |= {"title": saved.name, "summary": summary(saved, request.user)}
        if isinstance(form, DiscountForm):
            context |= {"is_editable": True, "hidden_targets": hidden_targets(form)}
            if form.is_bound:
                context["words"] = sentence(form.composition(), form.seen)
            if form.warnings:  # They are no errors, and say themselves what to do.
                form.errors.pop("__all__", None)
                context["errors"] = form.errors
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponseBase:
        with transaction.atomic():
            if request.method == "POST":
                wait_for_others(object_id)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Discount, form: Any, change: bool) -> None:
        store(form.composition())

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        discount = self.get_object(request, object_id)
        if discount is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return removal.delete(self, request, discount)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        return discount_history(self, request, object_id)

    def get_urls(self) -> list[URLPattern]:
        search = self.admin_site.admin_view(goods.search)
        return [
            path("goods/", search, name="promotions_discount_goods"),
            self.own_page("words/", preview.words, "promotions_discount_words"),
            *super().get_urls(),
        ]


def hidden_targets(form: DiscountForm) -> list[str]:
    """What the discount is for and the user may not see by name; saving keeps it."""
    aims = form.there.aims
    targets = {"groups": aims.groups, "audiences": aims.audiences}
    return [
        unnamed(kind, len(rows)) for kind, rows in targets.items() if rows and kind not in form.seen
    ]
