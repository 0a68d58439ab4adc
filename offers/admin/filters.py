from collections.abc import Iterable

from django.contrib.admin import ModelAdmin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from imports.backoffice.filters import FieldFilter, SelectFilter, YesNoFilter
from offers.models import AltShop, PrivateOffer, Status


class PublicFilter(YesNoFilter):
    title = _("is public?")
    parameter_name = "is_public"

    def condition(self) -> Q:
        return Q(is_public=True)


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


class StatusFilter(FieldFilter):
    title = _("status")
    parameter_name = "status"
    field, options = "status_at", Status.choices
