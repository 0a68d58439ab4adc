"""The list of customers and a customer's page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.admin.customer_form import CustomerForm
from customers.admin.erasure import erase, export
from customers.history import note
from customers.models import Customer, CustomerChange
from customers.search import ADDRESS_ORDER, SHORT_WORD, has_long_word
from imports.backoffice import Tab, TabbedAdmin
from imports.resources import Text

View = Callable[[ModelAdmin, HttpRequest, int], HttpResponseBase]


@dataclass(frozen=True)
class Link:
    """A button above a customer's page, for who has the permission."""

    title: Text
    permission: str
    address: Callable[[Customer], str]


@admin.register(Customer)
class CustomerAdmin(TabbedAdmin):
    """Customers proper: prospects are no customers yet, and no address leads to one.

    Only columns with an index of their own sort: a million rows are never sorted. Nobody is
    deleted here: a person is erased (customers/erasure/), from everywhere at once.
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

    change_form_template = "admin/customers/customer/change_form.html"
    form_tab_title = _("Profile")
    tabs: ClassVar[list[Tab]] = []
    pages: ClassVar[list[tuple[str, View]]] = [("erase", erase), ("personal-data", export)]
    """What stands below a customer's address, by its last part; tabs append theirs. A page is
    called `admin:customers_customer_…`, with _ for -."""
    links: ClassVar[list[Link]] = []
    """Rooms above append theirs."""

    class Media:
        css = {"all": ["customers/customer.css"]}

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

    def get_urls(self) -> list[URLPattern]:
        return [*(self._page(*each) for each in self.pages), *super().get_urls()]

    def _page(self, route: str, view: View) -> URLPattern:
        name = f"customers_customer_{route.replace('-', '_')}"
        return self.own_page(f"<int:customer_id>/{route}/", view, name)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Customer | None:
        """With their sign-in, which most of the page's tabs speak of."""
        found = self.get_queryset(request).select_related("user")
        return found.filter(pk=object_id).first() if object_id.isdecimal() else None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if customer := kwargs.get("obj"):
            links = [
                (link.title, link.address(customer))
                for link in self.links
                if request.user.has_perm(link.permission)
            ]
            context |= {"title": str(customer), "subtitle": None, "links": links}
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Customer, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        note(
            {obj.pk: form.changed_data},
            user=request.user,
            way=CustomerChange.Way.BACKOFFICE,
            at=timezone.now(),
            created=() if change else (obj.pk,),
        )

    def log_addition(self, *_: Any) -> None:
        """Not in Django's log, which would keep the person's name."""

    def log_change(self, *_: Any) -> None:
        """As for `log_addition`."""

    def has_delete_permission(self, request: HttpRequest, obj: Customer | None = None) -> bool:
        return False
