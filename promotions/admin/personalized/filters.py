from collections.abc import Iterable

from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from imports.backoffice.filters import SelectFilter
from promotions.models import Discount, PersonalizedPromotion, ProductSet

YES_NO = [("yes", _("yes")), ("no", _("no"))]


class UsersFilter(SelectFilter):
    title = _("users")
    parameter_name = "users"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable:
        return PersonalizedPromotion.Users.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() in PersonalizedPromotion.Users.values:
            return queryset.filter(users=self.value())
        return queryset


class LockFilter(SelectFilter):
    title = _("lock after first apply")
    parameter_name = "lock"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable:
        return YES_NO

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() in ("yes", "no"):
            return queryset.filter(lock_after_apply=self.value() == "yes")
        return queryset


class UseFilter(SelectFilter):
    title = _("used by a live discount")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable:
        return YES_NO

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in ("yes", "no"):
            return queryset
        live = Discount.objects.live(timezone.now()).filter(action=Discount.Action.PRODUCT_SETS)
        sets = ProductSet.objects.filter(discount__in=live, personalized_promotion__isnull=False)
        used = sets.values("personalized_promotion_id")
        if self.value() == "yes":
            return queryset.filter(pk__in=used)
        return queryset.exclude(pk__in=used)
