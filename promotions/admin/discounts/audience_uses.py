"""Audiences are used by the discounts that name them, as their pages say."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext_lazy as _

from customers.audiences.uses import Use, uses
from promotions.models import DiscountItem


def discounts_that_name(audience_ids: Collection[int]) -> Iterable[Use]:
    """Each once, whether it is for the audience or has a condition on it."""
    items = DiscountItem.objects.filter(audience_id__in=audience_ids)
    rows = items.order_by("discount__name", "discount_id").distinct()
    for pk, name, audience_id in rows.values_list("discount_id", "discount__name", "audience_id"):
        yield Use(
            audience_id=audience_id,
            kind=_("Discount"),
            name=name,
            view="admin:promotions_discount_change",
            pk=pk,
            permission="promotions.view_discount",
        )


uses.append(discounts_that_name)
