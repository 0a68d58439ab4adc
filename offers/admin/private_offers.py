from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from imports.backoffice import BackofficeAdmin
from offers.admin import duplicate, preview, see_as_customer, withdrawal
from offers.admin.columns import PrivateOfferColumns, row_actions
from offers.admin.filters import AltShopFilter, PublicFilter, StatusFilter
from offers.admin.forms import PrivateOfferForm
from offers.admin.history import offer_history
from offers.admin.target_fields import target_names, with_target_names
from offers.admin.who_sees_it import WhoSeesIt, counted_reach
from offers.models import PrivateOffer
from offers.removal import remove


@admin.register(PrivateOffer)
class PrivateOfferAdmin(WhoSeesIt, PrivateOfferColumns, BackofficeAdmin):
    """The list (T1–T13) and the form (T14–T31) of private offers."""

    list_title = _("List of private customer offers")
    form_title = _("Customer private offer")
    form = PrivateOfferForm
    list_display = [
        "thumbnail",
        "number",
        "system_name",
        "public_name",
        "date_start",
        "date_end",
        "public",
        "status",
        "assigned",
    ]
    list_display_links = ["system_name"]
    list_select_related = ["picture"]
    list_filter = [PublicFilter, AltShopFilter, StatusFilter]
    search_fields = ["name", "visible_name"]
    search_help_text = _("System name or name")
    ordering = ["-id"]
    actions = None
    choices_only = True
    fieldsets = [
        (
            _("General"),
            {
                "fields": [
                    "name",
                    "visible_name",
                    "description",
                    "validity_text",
                    "link",
                    "picture",
                    "type",
                    "altshops",
                    "start",
                    "end",
                    "sort_order",
                    "is_active",
                    "is_public",
                ]
            },
        ),
        (
            _("Mobile app"),
            {"fields": ["link_type", "object_id", "small_image", "medium_image", "big_image"]},
        ),
    ]

    class Media:
        css = {"all": ["offers/backoffice-offers.css", "offers/backoffice-form.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[PrivateOffer]:
        offers = super().get_queryset(request).with_status(timezone.now())
        return with_target_names(offers, to=request.user)

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [*super().get_list_display(request), row_actions(request)]

    def delete_model(self, request: HttpRequest, obj: PrivateOffer) -> None:
        remove(offer=obj)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        copied = request.GET.get("copy", "")
        return duplicate.initial_values(request, copied) if copied else {}

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponseBase:
        title = {"title": _("Delete customer private offer"), "subtitle": None}
        targets = target_names(object_id, to=request.user)
        context = {**title, "targets": targets, **(extra_context or {})}
        return super().delete_view(request, object_id, context)

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponseBase:
        return offer_history(self, request, object_id)

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: Any, name: str) -> URLPattern:
            return self.own_page(route, view, f"offers_privateoffer_{name}")

        return [
            page("preview/", preview.preview, "preview"),
            page("reach/", counted_reach, "reach"),
            page("see-as-customer/", see_as_customer.choose, "see_as_customer"),
            page(
                "see-as-customer/<int:customer_id>/<slug:altshop>/<str:at>/",
                see_as_customer.page,
                "page_of_customer",
            ),
            page("<int:offer_id>/delete-emails/", withdrawal.delete_emails, "delete_emails"),
            *super().get_urls(),
        ]
