from collections.abc import Iterable

from django.contrib.admin import ModelAdmin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from imports.backoffice.filters import SelectFilter
from promotions.admin.discounts.status import Status
from promotions.models import Discount, DiscountItem, PointOfSale, ProductSet


class StatusFilter(SelectFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable:
        return Status.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(status_at=self.value()) if self.value() else queryset


class StackingFilter(SelectFilter):
    title = _("with other offers")
    parameter_name = "stacking"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable:
        return Discount.Stacking.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(stacking=self.value()) if self.value() else queryset


class KindFilter(SelectFilter):
    title = _("discount type")
    parameter_name = "type"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable:
        return Discount.Kind.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class PointOfSaleFilter(SelectFilter):
    """Those that hold there, also because they hold everywhere."""

    title = _("point of sale")
    parameter_name = "point_of_sale"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable:
        return list(PointOfSale.objects.values_list("key", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        own = DiscountItem.objects.filter(
            product_set=None, condition=None, point_of_sale__isnull=False
        )
        here = own.filter(point_of_sale__key=self.value()).values("discount")
        return queryset.filter(Q(pk__in=here) | ~Q(pk__in=own.values("discount")))


class PersonalizedFilter(SelectFilter):
    title = _("uses a personalized promotion")
    parameter_name = "personalized"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable:
        return [("yes", _("yes")), ("no", _("no"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in ("yes", "no"):
            return queryset
        sets = ProductSet.objects.filter(personalized_promotion__isnull=False)
        those = Q(pk__in=sets.values("discount"))
        return queryset.filter(those if self.value() == "yes" else ~those)
