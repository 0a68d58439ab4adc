"""A discount in full: with its parts and all that they name, saved or not yet."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from customers.models import Audience, CustomerGroup
from promotions.models import (
    Category,
    Condition,
    Discount,
    DiscountItem,
    PersonalizedPromotion,
    PointOfSale,
    Product,
    ProductGroup,
    ProductSet,
)


@dataclass(frozen=True)
class Goods:
    """Products that are any of these; of a personalized promotion, each customer's choice."""

    everything: bool = False
    products: tuple[Product, ...] = ()
    categories: tuple[Category, ...] = ()
    groups: tuple[ProductGroup, ...] = ()
    promotion: PersonalizedPromotion | None = None
    default: Product | None = None

    @property
    def named(self) -> tuple[Product | Category | ProductGroup, ...]:
        return (*self.products, *self.categories, *self.groups)


@dataclass(frozen=True)
class Aims:
    """Where something holds and whom it is for."""

    points_of_sale: tuple[PointOfSale, ...] = ()
    groups: tuple[CustomerGroup, ...] = ()
    audiences: tuple[Audience, ...] = ()


@dataclass(frozen=True)
class SetPart:
    product_set: ProductSet
    goods: Goods


@dataclass(frozen=True)
class ConditionPart:
    condition: Condition
    goods: Goods = Goods()
    aims: Aims = Aims()


@dataclass(frozen=True)
class Composition:
    """`goods` counts for the action "Products", `sets` for "Product sets"."""

    discount: Discount
    goods: Goods = Goods()
    aims: Aims = Aims()
    sets: tuple[SetPart, ...] = ()
    conditions: tuple[ConditionPart, ...] = ()

    @property
    def has_sets(self) -> bool:
        return self.discount.action == Discount.Action.PRODUCT_SETS


NAMED = (
    *("product", "category", "product_group", "point_of_sale"),
    *("customer_group", "customer_group__audience", "audience"),
)


def compositions_of(discounts: Iterable[Discount]) -> dict[int, Composition]:
    """By id of the discount, in their order. Three queries, however many."""
    listed = {discount.pk: discount for discount in discounts}
    items = DiscountItem.objects.filter(discount__in=listed).select_related(*NAMED).order_by("pk")
    own: dict[int, list[DiscountItem]] = defaultdict(list)
    of_sets: dict[int, list[DiscountItem]] = defaultdict(list)
    of_conditions: dict[int, list[DiscountItem]] = defaultdict(list)
    for item in items:
        if item.product_set_id:
            of_sets[item.product_set_id].append(item)
        elif item.condition_id:
            of_conditions[item.condition_id].append(item)
        else:
            own[item.discount_id].append(item)
    sets, conditions = _sets(listed, of_sets), _conditions(listed, of_conditions)
    return {
        pk: Composition(
            discount,
            goods_of(own[pk], everything=discount.everything),
            aims_of(own[pk]),
            tuple(sets[pk]),
            tuple(conditions[pk]),
        )
        for pk, discount in listed.items()
    }


def _sets(
    discounts: Iterable[int], items: dict[int, list[DiscountItem]]
) -> dict[int, list[SetPart]]:
    parts: dict[int, list[SetPart]] = defaultdict(list)
    rows = ProductSet.objects.filter(discount__in=discounts)
    for row in rows.select_related("personalized_promotion", "default_product"):
        goods = goods_of(
            items[row.pk],
            everything=row.everything,
            promotion=row.personalized_promotion,
            default=row.default_product,
        )
        parts[row.discount_id].append(SetPart(row, goods))
    return parts


def _conditions(
    discounts: Iterable[int], items: dict[int, list[DiscountItem]]
) -> dict[int, list[ConditionPart]]:
    parts: dict[int, list[ConditionPart]] = defaultdict(list)
    for row in Condition.objects.filter(discount__in=discounts):
        named = items[row.pk]
        goods = goods_of(named, everything=row.everything)
        parts[row.discount_id].append(ConditionPart(row, goods, aims_of(named)))
    return parts


def goods_of(
    items: Iterable[Any],
    *,
    everything: bool,
    promotion: PersonalizedPromotion | None = None,
    default: Product | None = None,
) -> Goods:
    """Of rows such as DiscountItem, each of which names one thing."""
    listed = list(items)
    return Goods(
        everything,
        tuple(item.product for item in listed if item.product),
        tuple(item.category for item in listed if item.category),
        tuple(item.product_group for item in listed if item.product_group),
        promotion,
        default,
    )


def aims_of(items: Iterable[Any]) -> Aims:
    """As for `goods_of`."""
    listed = list(items)
    return Aims(
        tuple(item.point_of_sale for item in listed if item.point_of_sale),
        tuple(item.customer_group for item in listed if item.customer_group),
        tuple(item.audience for item in listed if item.audience),
    )
