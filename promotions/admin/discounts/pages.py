from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.admin.target_rights import seen_by
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
from promotions.admin.discounts.history import history_of
from promotions.admin.discounts.status import with_status
from promotions.admin.discounts.summary import summary
from promotions.admin.discounts.usage import with_counters
from promotions.admin.hidden_targets import hidden_targets
from promotions.admin.offer_pages import OfferPages
from promotions.composing import store
from promotions.models import Discount
from promotions.wording import sentence


@admin.register(Discount)
class DiscountAdmin(DiscountColumns, OfferPages):
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

    offer_form = DiscountForm
    copied = staticmethod(duplicate.initial_values)
    delete = staticmethod(removal.delete)
    history_of = staticmethod(history_of)

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

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form, discount = context["adminform"].form, context["original"]
        if discount:
            saved = self.get_queryset(request).get(pk=discount.pk)
            context |= {"title": saved.name, "summary": summary(saved, request.user)}
        if isinstance(form, DiscountForm):
            context |= {
                "is_editable": True,
                "hidden_targets": hidden_targets(form.there.aims, form.seen),
            }
            if form.is_bound:
                context["words"] = sentence(form.composition(), form.seen)
            if form.warnings:  # They are no errors, and say themselves what to do.
                form.errors.pop("__all__", None)
                context["errors"] = form.errors
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Discount, form: Any, change: bool) -> None:
        store(form.composition())

    def get_urls(self) -> list[URLPattern]:
        search = self.admin_site.admin_view(goods.search)
        return [
            path("goods/", search, name="promotions_discount_goods"),
            self.own_page("words/", preview.words, "promotions_discount_words"),
            *super().get_urls(),
        ]
