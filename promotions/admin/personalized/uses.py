"""The discounts that use a personalized promotion, as its page shows them."""

from typing import Any

from django.urls import reverse

from promotions.admin.catalogue.uses import MOST, Use
from promotions.models import Discount, PersonalizedPromotion


def uses_of(promotion: PersonalizedPromotion | None, user: Any) -> list[Use]:
    """The first of them by name. One query."""
    if promotion is None:
        return []
    using = Discount.objects.filter(product_sets__personalized_promotion=promotion)
    may_look = user.has_perm("promotions.view_discount")
    return [
        Use(name, reverse("admin:promotions_discount_change", args=[pk]) if may_look else "")
        for pk, name in using.order_by("name").distinct().values_list("pk", "name")[:MOST]
    ]
