"""The list of customers and a customer's page."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.admin.customer_form import CustomerForm
from customers.models import Customer
from customers.search import ADDRESS_ORDER, SHORT_WORD, has_long_word
from imports.backoffice import Tab, TabbedAdmin


@admin.register(Customer)
class CustomerAdmin(TabbedAdmin):
    """Customers proper: prospects are no customers yet, and no address leads to one.

    Only columns with an index of their own sort: a million rows are never sorted. Nobody is
    deleted here: a person is erased (customers/erasure.py), from everywhere at once.
    """

    list_display = [
        "shown_name",
        "shown_email",
        "phone",
        "external_id",
        "born",
        "is_signed_up",
    ]
    sortable_by = ["shown_name", "shown_email"]
    then_by = {"last_name": "first_name"}
    ordering = ["-pk"]
    search_fields = ["email", "first_name", "last_name", "phone", "external_id"]
    search_help_text = _("Name, e-mail, phone or external ID")
    actions = None
    fieldsets = [
        (_("Profile"), {"fields": ["first_name", "last_name", "birth_date"]}),
        (_("Identity"), {"fields": ["email", "phone", "external_id", "signs_in_with"]}),
    ]
    readonly_fields = ["signs_in_with"]
    form = CustomerForm

    form_tab_title = _("Profile")
    tabs: ClassVar[list[Tab]] = []

    @admin.display(description=pgettext_lazy("of a person", "Name"), ordering="last_name")
    def shown_name(self, customer: Customer) -> str:
        return str(customer)

    @admin.display(description=_("E-mail"), ordering=ADDRESS_ORDER)
    def shown_email(self, customer: Customer) -> str | None:
        return customer.email

    @admin.display(description=_("Birth date"))
    def born(self, customer: Customer) -> str | None:
        return customer.birth_date.isoformat() if customer.birth_date else None

    @admin.display(description=_("Signed in?"))
    def is_signed_up(self, customer: Customer) -> str:
        return str(_("yes") if customer.user_id else _("no"))

    @admin.display(description=_("Signs in with"))
    def signs_in_with(self, customer: Customer) -> str:
        return customer.user.email if customer.user else str(_("has not signed in yet"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Customer]:
        return Customer.objects.listed()

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Every word is looked for in all fields at once, by the index made for it."""
        if not search_term.strip():
            return queryset, False
        if not has_long_word(search_term.split()):
            hint = _("Write at least %(number)d letters of a word to search for.")
            messages.info(request, hint % {"number": SHORT_WORD})
        return queryset.search(search_term), False

    def has_delete_permission(self, request: HttpRequest, obj: Customer | None = None) -> bool:
        return False
