from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from customers.admin.target_rights import seen_by
from imports.admin.import_page import import_url
from imports.backoffice import Tab, TabbedAdmin
from loyalty.admin.personal_offers import (
    duplicate,
    items_tab,
    preview,
    removal,
    see_as_customer,
)
from loyalty.admin.personal_offers.columns import PersonalOfferColumns, describe, row_actions
from loyalty.admin.personal_offers.filters import (
    AcceptanceFilter,
    MechanicFilter,
    PreferenceFilter,
    StatusFilter,
)
from loyalty.admin.personal_offers.form import PersonalOfferForm
from loyalty.admin.personal_offers.history import history_of
from loyalty.admin.personal_offers.status import with_status
from loyalty.admin.personal_offers.summary import summary
from loyalty.models import OfferUseCounter, PersonalOffer
from loyalty.personal.composition import compositions_of, store
from loyalty.personal.records import TYPE
from loyalty.personal.wording import sentence
from promotions.admin.discounts import goods
from promotions.admin.discounts.usage import with_counters
from promotions.admin.hidden_targets import hidden_targets
from promotions.admin.offer_pages import OfferPages


@admin.register(PersonalOffer)
class PersonalOfferAdmin(PersonalOfferColumns, OfferPages, TabbedAdmin):
    """The list and the form of personal offers (L1–L10, L16–L22)."""

    list_title, form_title = _("Personal offers"), _("Personal offer")
    form_tab_title = _("Offer")
    list_display = [
        *("shown_name", "shown_title", "shown_mechanic", "shown_preference"),
        *("for_whom", "when", "status", "used"),
    ]
    list_display_links = ["shown_name"]
    list_filter = [StatusFilter, MechanicFilter, PreferenceFilter, AcceptanceFilter]
    search_fields = ["name", "title"]
    search_help_text = _("Name or title")
    ordering = ["-id"]
    actions = None
    fields = ["name"]
    change_form_template = "admin/loyalty/personaloffer/change_form.html"
    tabs: ClassVar[list[Tab]] = [
        Tab(
            "items",
            _("Customers’ items"),
            "loyalty.view_personaloffer",
            items_tab.render,
            is_for=lambda offer: offer.has_items or offer.needs_acceptance,
        )
    ]

    offer_form = PersonalOfferForm
    copied = staticmethod(duplicate.initial_values)
    delete = staticmethod(removal.delete)
    history_of = staticmethod(history_of)

    class Media:
        css = {
            "all": [
                "offers/backoffice-offers.css",
                "offers/backoffice-form.css",
                "promotions/catalogue.css",
                "promotions/discounts.css",
                "promotions/discount-cards.css",
                "loyalty/personal-offers.css",
            ]
        }
        js = ["promotions/discount-words.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PersonalOffer]:
        offers = with_status(super().get_queryset(request), timezone.now())
        return with_counters(offers, counters=OfferUseCounter, of="offer")

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [*super().get_list_display(request), row_actions(request)]

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        describe(changelist.result_list, seen_by(request.user))
        return changelist

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form, offer = context["adminform"].form, context["original"]
        if offer:
            saved = self.get_queryset(request).get(pk=offer.pk)
            context |= {"title": saved.name, "summary": summary(saved, request.user)}
        context["may_upload"] = request.user.has_perm("loyalty.import_items")
        if isinstance(form, PersonalOfferForm):
            context |= {
                "is_editable": True,
                "hidden_targets": hidden_targets(form.there.aims, form.seen),
            }
            shown = form.composition() if form.is_bound else form.first
            if form.is_bound:
                context["words"] = sentence(shown, form.seen)
            if form.warnings:  # They are no errors, and say themselves what to do.
                form.errors.pop("__all__", None)
                context["errors"] = form.errors
        else:
            shown = compositions_of([offer])[offer.pk]
        if form.is_bound or shown.offer.pk:
            context["preview"] = preview.drawn(request, shown)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: PersonalOffer, form: Any, change: bool) -> None:
        store(form.composition())

    def response_add(
        self, request: HttpRequest, obj: PersonalOffer, post_url_continue: str | None = None
    ) -> HttpResponse:
        """What has items is a draft without them: the way to upload them is told."""
        response = super().response_add(request, obj, post_url_continue)
        if obj.has_items:
            words = str(_("It is a draft until customers have items."))
            if request.user.has_perm("loyalty.import_items"):
                address = import_url(TYPE, {"offer": obj.pk})
                words = format_html(
                    '{} <a class="lp-link" href="{}">{}</a>', words, address, _("Upload items")
                )
            messages.info(request, words)
        return response

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: Any, name: str) -> URLPattern:
            return self.own_page(route, view, f"loyalty_personaloffer_{name}")

        return [
            page("goods/", search_goods, "goods"),
            page("words/", preview.words, "words"),
            page("preview/", preview.cards, "preview"),
            page("see-as-customer/", see_as_customer.choose, "see_as_customer"),
            page(
                "see-as-customer/<int:customer_id>/<slug:altshop>/<str:at>/",
                see_as_customer.page,
                "page_of_customer",
            ),
            page("<path:object_id>/count/", items_tab.count_now, "count"),
            *super().get_urls(),
        ]


def search_goods(admin: PersonalOfferAdmin, request: HttpRequest) -> HttpResponseBase:
    if not (admin.has_add_permission(request) or admin.has_change_permission(request)):
        raise PermissionDenied
    return goods.answer(request)
