from collections.abc import Iterable

from django.contrib.admin import ModelAdmin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from imports.backoffice.filters import FieldFilter, SelectFilter, YesNoFilter
from promotions.admin.discounts.status import Status
from promotions.models import Discount, DiscountItem, PointOfSale, ProductSet


class StatusFilter(FieldFilter):
    title = _("status")
    parameter_name = "status"
    field, options = "status_at", Status.choices


class StackingFilter(FieldFilter):
    title = _("with other offers")
    parameter_name = "stacking"
    field, options = "stacking", Discount.Stacking.choices


class KindFilter(FieldFilter):
    title = _("discount type")
    parameter_name = "type"
    field, options = "kind", Discount.Kind.choices


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


class PersonalizedFilter(YesNoFilter):
    title = _("uses a personalized promotion")
    parameter_name = "personalized"

    def condition(self) -> Q:
        sets = ProductSet.objects.filter(personalized_promotion__isnull=False)
        return Q(pk__in=sets.values("discount"))
