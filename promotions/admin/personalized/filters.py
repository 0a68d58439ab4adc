from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from imports.backoffice.filters import FieldFilter, YesNoFilter
from promotions.models import Discount, PersonalizedPromotion, ProductSet


class UsersFilter(FieldFilter):
    title = _("users")
    parameter_name = "users"
    field, options = "users", PersonalizedPromotion.Users.choices


class LockFilter(YesNoFilter):
    title = _("lock after first apply")
    parameter_name = "lock"

    def condition(self) -> Q:
        return Q(lock_after_apply=True)


class UseFilter(YesNoFilter):
    title = _("used by a live discount")
    parameter_name = "used"

    def condition(self) -> Q:
        live = Discount.objects.live(timezone.now()).filter(action=Discount.Action.PRODUCT_SETS)
        sets = ProductSet.objects.filter(discount__in=live, personalized_promotion__isnull=False)
        return Q(pk__in=sets.values("personalized_promotion_id"))
