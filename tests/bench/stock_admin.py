"""The lists as Django's own admin shows them: the same rows, columns and searched fields."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from customers.models import Customer
from offers.models import PrivateOffer

site = admin.AdminSite("stock")


@admin.register(Customer, site=site)
class StockCustomerAdmin(admin.ModelAdmin):
    list_display = ["last_name", "email", "phone", "external_id", "birth_date", "user_id"]
    search_fields = ["email", "first_name", "last_name", "phone", "external_id"]
    ordering = ["-pk"]
    list_per_page = 10

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(is_prospect=False)


@admin.register(PrivateOffer, site=site)
class StockPrivateOfferAdmin(admin.ModelAdmin):
    """With the number of assigned addresses as Django counts it, over the assignments."""

    list_display = ["id", "name", "visible_name", "start", "end", "is_public", "assigned"]
    search_fields = ["name", "visible_name"]
    list_select_related = ["picture"]
    ordering = ["-pk"]
    list_per_page = 10

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(assigned_rows=Count("assignments"))

    @admin.display(ordering="assigned_rows")
    def assigned(self, offer: PrivateOffer) -> int:
        return offer.assigned_rows
