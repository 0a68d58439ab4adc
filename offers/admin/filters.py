from collections.abc import Iterable

from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from imports.backoffice.filters import SelectFilter
from offers.models import AltShop, PrivateOffer, Status


class PublicFilter(SelectFilter):
    title = _("is public?")
    parameter_name = "is_public"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable:
        return [("yes", _("yes")), ("no", _("no"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() in ("yes", "no"):
            return queryset.filter(is_public=self.value() == "yes")
        return queryset


class AltShopFilter(SelectFilter):
    title = _("altshop")
    parameter_name = "altshop"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable:
        return list(AltShop.objects.values_list("key", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value():
            shop = PrivateOffer.altshops.through.objects.filter(altshop__key=self.value())
            return queryset.filter(pk__in=shop.values("privateoffer_id"))
        return queryset


class StatusFilter(SelectFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable:
        return Status.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(status_at=self.value()) if self.value() else queryset
