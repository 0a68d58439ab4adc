"""Discounts as the engine sees them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from django.db.models import prefetch_related_objects

from promotions import engine
from promotions.models import Condition, Discount, DiscountItem, ProductSet

Items = Sequence[DiscountItem]
EVERYTHING = engine.Goods(everything=True)


def rules_of(discounts: Iterable[Discount]) -> list[engine.Rule]:
    """The rule of each, in their order, faulty ones too. Three queries, however many."""
    listed = list(discounts)
    prefetch_related_objects(listed, "product_sets", "conditions", "items")
    return [_rule(discount) for discount in listed]


def _rule(discount: Discount) -> engine.Rule:
    own, of_sets, of_conditions = _sorted_out(discount)
    has_sets = discount.action == Discount.Action.PRODUCT_SETS
    sets = [_set(each, of_sets[each.pk]) for each in discount.product_sets.all() if has_sets]
    return engine.Rule(
        id=discount.pk,
        kind=engine.Kind(discount.kind),
        value=discount.value,
        start=discount.start,
        end=discount.end,
        scope=engine.Scope(discount.scope),
        stacking=engine.Stacking(discount.stacking),
        priority=discount.priority,
        # Sets that are missing are a fault: what they leave must not become a discount on all.
        goods=EVERYTHING if sets else _goods(own, discount.everything and not has_sets),
        units=None if has_sets else discount.units,
        sets=tuple(sets),
        uses=discount.uses if has_sets else 1,
        points_of_sale=_ids(own, "point_of_sale_id"),
        currency=discount.currency or None,
        groups=_ids(own, "customer_group_id"),
        audiences=_ids(own, "audience_id"),
        conditions=tuple(
            CONDITIONS[each.kind](each, of_conditions[each.pk])
            for each in discount.conditions.all()
        ),
        any_condition=discount.match == Discount.Match.ONE,
    )


def _sorted_out(
    discount: Discount,
) -> tuple[list[DiscountItem], dict[int, list[DiscountItem]], dict[int, list[DiscountItem]]]:
    """What the discount names for itself, by product set and by condition."""
    own: list[DiscountItem] = []
    of_sets: dict[int, list[DiscountItem]] = defaultdict(list)
    of_conditions: dict[int, list[DiscountItem]] = defaultdict(list)
    for item in discount.items.all():
        if item.product_set_id:
            of_sets[item.product_set_id].append(item)
        elif item.condition_id:
            of_conditions[item.condition_id].append(item)
        else:
            own.append(item)
    return own, of_sets, of_conditions


def _ids(items: Items, name: str) -> frozenset[int]:
    return frozenset(number for item in items if (number := getattr(item, name)) is not None)


def _goods(items: Items, everything: bool) -> engine.Goods:
    if everything:
        return EVERYTHING
    return engine.Goods(
        products=_ids(items, "product_id"),
        categories=_ids(items, "category_id"),
        groups=_ids(items, "product_group_id"),
    )


def _set(product_set: ProductSet, items: Items) -> engine.ProductSet:
    promotion = product_set.personalized_promotion_id
    if promotion is None:
        goods = _goods(items, product_set.everything)
    else:
        goods = engine.Goods(promotion=promotion, default=product_set.default_product_id)
    discounted = product_set.discounted if product_set.gets_discount else 0
    return engine.ProductSet(goods, required=product_set.required, discounted=discounted)


def _order_amount(condition: Condition, items: Items) -> engine.Condition:
    assert condition.minimum is not None  # noqa: S101 a constraint of the database
    return engine.OrderAmount(condition.minimum, condition.maximum)


def _products(condition: Condition, items: Items) -> engine.Condition:
    assert condition.quantity is not None  # noqa: S101 a constraint of the database
    return engine.Products(_goods(items, condition.everything), condition.quantity)


CONDITIONS: dict[str, Callable[[Condition, Items], engine.Condition]] = {
    Condition.Kind.ORDER_AMOUNT.value: _order_amount,
    Condition.Kind.PRODUCTS.value: _products,
    Condition.Kind.TIMES.value: lambda condition, items: engine.Times(
        frozenset(condition.days), condition.begin, condition.end
    ),
    Condition.Kind.POINTS_OF_SALE.value: lambda condition, items: engine.PointsOfSale(
        _ids(items, "point_of_sale_id")
    ),
    Condition.Kind.GROUPS.value: lambda condition, items: engine.InGroups(
        _ids(items, "customer_group_id")
    ),
    Condition.Kind.AUDIENCES.value: lambda condition, items: engine.InAudiences(
        _ids(items, "audience_id")
    ),
}
