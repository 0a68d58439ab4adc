"""The overview of personalized promotions and the form of one (E1–E6)."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from imports.backoffice import Tab, TabbedAdmin
from promotions.admin.catalogue.deletion import ExplainedDeletion
from promotions.admin.catalogue.history import WrittenHistory
from promotions.admin.personalized import lists_tab, on_lists
from promotions.admin.personalized.filters import LockFilter, UseFilter, UsersFilter
from promotions.admin.personalized.rights import PERMISSION
from promotions.models import PersonalizedPromotion

CHANGED = {
    "users": _("Whom lists may be assigned to. Lists of the other side stop counting."),
    "max_products": _(
        "How many products one customer may choose; empty for the whole list. "
        "A lower maximum holds from the next choice on: who has chosen more keeps it."
    ),
    "lock_after_apply": _(
        "The first choice that a customer saves is final. Switched on, so are all that were saved."
    ),
}


@admin.register(PersonalizedPromotion)
class PersonalizedPromotionAdmin(WrittenHistory, ExplainedDeletion, TabbedAdmin):
    """One permission opens all of it (E1)."""

    list_title, form_title = _("Personalized promotions"), _("Personalized promotion")
    list_display = [
        "shown_name",
        "backend_id",
        "whom_for",
        "maximum",
        "lock",
        "with_list",
        "who_chose",
    ]
    list_display_links = ["shown_name"]
    list_select_related = ["count"]
    list_filter = [UsersFilter, LockFilter, UseFilter]
    search_fields = ["name", "backend_id"]
    search_help_text = _("Name or BackendID")
    ordering = ["name"]
    fields = ["name", "description", "backend_id", "users", "max_products", "lock_after_apply"]
    actions = None
    change_form_template = "admin/promotions/personalizedpromotion/change_form.html"
    delete_title = _("Delete the personalized promotion")
    delete_text = _("The lists of all its customers and what they chose are deleted with it.")
    tabs: ClassVar[list[Tab]] = [
        Tab("lists", _("Lists of customers"), PERMISSION, lists_tab.render, order=10),
    ]

    class Media:
        css = {
            "all": [
                "offers/backoffice-offers.css",
                "promotions/catalogue.css",
                "promotions/lists.css",
            ]
        }

    @admin.display(description=_("Name"), ordering="name")
    def shown_name(self, promotion: PersonalizedPromotion) -> str:
        return promotion.name

    @admin.display(description=_("Users"), ordering="users")
    def whom_for(self, promotion: PersonalizedPromotion) -> str:
        return promotion.get_users_display()

    @admin.display(description=_("Maximum"), ordering="max_products")
    def maximum(self, promotion: PersonalizedPromotion) -> str:
        return str(promotion.max_products or _("whole list"))

    @admin.display(description=_("Lock?"), ordering="lock_after_apply")
    def lock(self, promotion: PersonalizedPromotion) -> str:
        return str(_("yes") if promotion.lock_after_apply else _("no"))

    @admin.display(description=_("Customers with a list"))
    def with_list(self, promotion: PersonalizedPromotion) -> str:
        return _number(promotion, "customers")

    @admin.display(description=_("Have chosen"))
    def who_chose(self, promotion: PersonalizedPromotion) -> str:
        return _number(promotion, "customers_who_chose")

    def get_queryset(self, request: HttpRequest) -> QuerySet[PersonalizedPromotion]:
        return super().get_queryset(request).select_related("count")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        if obj:
            kwargs["help_texts"] = CHANGED
        return super().get_form(request, obj, change=change, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        of_customer = "customers/<int:customer_id>/"
        product = f"{of_customer}<int:promotion_id>/<int:product_id>/"
        return [
            self.own_page(f"{of_customer}add/", on_lists.add, "listed_products_add"),
            self.own_page(f"{product}remove/", on_lists.remove, "listed_product_remove"),
            *super().get_urls(),
        ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(PERMISSION)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(PERMISSION)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(PERMISSION)


def _number(promotion: PersonalizedPromotion, field: str) -> str:
    """A new promotion isn't counted yet."""
    count = getattr(promotion, "count", None)
    return number_format(getattr(count, field), force_grouping=True) if count else "–"
