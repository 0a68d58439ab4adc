"""What is used, and by what: discounts name things, rooms above do more with them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from imports.resources import Text
from promotions.models import (
    Category,
    Discount,
    DiscountItem,
    PersonalizedPromotion,
    PointOfSale,
    Product,
    ProductGroup,
    ProductSet,
)

Thing = Product | Category | ProductGroup | PointOfSale | PersonalizedPromotion
NAMED_AS: dict[type[Thing], str] = {
    Product: "product",
    Category: "category",
    ProductGroup: "product_group",
    PointOfSale: "point_of_sale",
}
MOST = 50


@dataclass(frozen=True)
class Use:
    """One thing that uses another.

    `view` is the name of its page's address, which takes `pk`; only who has `permission` is led
    there.
    """

    kind: Text
    name: str
    view: str
    pk: int
    permission: str


UsesOf = Callable[[Thing], Iterable[Use]]
"""The uses of a thing, in an order of its own, MOST at most. One query."""

uses: list[UsesOf] = []
"""Rooms above append theirs. What is used is not deleted."""


def uses_of(thing: Thing) -> list[Use]:
    """A query for each kind of use."""
    return [use for of_kind in uses for use in of_kind(thing)]


def discounts_naming(thing: Thing) -> Iterable[Use]:
    """Discounts that name it anywhere: for themselves, in a product set or in a condition."""
    named = NAMED_AS.get(type(thing))
    items = DiscountItem.objects.filter(**{named: thing} if named else {"pk": None})
    sets = ProductSet.objects.filter(_of_set(thing))
    naming = items.values("discount_id").union(sets.values("discount_id"))
    discounts = Discount.objects.filter(pk__in=naming).order_by("name", "pk")
    for pk, name in discounts.values_list("pk", "name")[:MOST]:
        yield Use(
            kind=_("Discount"),
            name=name,
            view="admin:promotions_discount_change",
            pk=pk,
            permission="promotions.view_discount",
        )


def _of_set(thing: Thing) -> Q:
    if isinstance(thing, PersonalizedPromotion):
        return Q(personalized_promotion=thing)
    return Q(default_product=thing) if isinstance(thing, Product) else Q(pk=None)


uses.append(discounts_naming)
