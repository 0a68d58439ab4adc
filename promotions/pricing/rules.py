"""Discounts as the engine sees them."""

from collections.abc import Callable, Iterable

from promotions import engine
from promotions.models import Condition, Discount
from promotions.pricing.parts import ConditionRow, Named, Parts, SetRow

EVERYTHING, NOTHING = engine.Goods(everything=True), engine.Goods()


def rules_of(discounts: Iterable[Discount]) -> list[engine.Rule]:
    """The rule of each, in their order, faulty ones too. Three queries, however many."""
    listed = list(discounts)
    parts = Parts([discount.pk for discount in listed])
    return [rule_of(discount, parts) for discount in listed]


def rule_of(discount: Discount, parts: Parts) -> engine.Rule:
    """The rule of one of the discounts whose parts these are, faulty or not. No query."""
    pk = discount.pk
    own = parts.named(pk)
    has_sets = discount.action == Discount.Action.PRODUCT_SETS
    sets = parts.sets.get(pk, ()) if has_sets else ()
    # Sets that are missing are a fault: what they leave must not become a discount on all.
    goods = EVERYTHING if sets else NOTHING if has_sets else _goods(own, discount.everything)
    return engine.Rule(
        id=pk,
        kind=engine.Kind(discount.kind),
        value=discount.value,
        start=discount.start,
        end=discount.end,
        scope=engine.Scope(discount.scope),
        stacking=engine.Stacking(discount.stacking),
        priority=discount.priority,
        goods=goods,
        units=None if has_sets else discount.units,
        sets=tuple(_set(each, parts.named(pk, product_set=each.id)) for each in sets),
        uses=discount.uses if has_sets else 1,
        points_of_sale=own.points_of_sale,
        currency=discount.currency or None,
        groups=own.customer_groups,
        audiences=own.audiences,
        conditions=tuple(
            CONDITIONS[each.kind](each, parts.named(pk, condition=each.id))
            for each in parts.conditions.get(pk, ())
        ),
        any_condition=discount.match == Discount.Match.ONE,
    )


def _goods(named: Named, everything: bool) -> engine.Goods:
    if everything:
        return EVERYTHING
    return engine.Goods(
        products=named.products, categories=named.categories, groups=named.product_groups
    )


def _set(row: SetRow, named: Named) -> engine.ProductSet:
    if row.promotion is None:
        goods = _goods(named, row.everything)
    else:
        goods = engine.Goods(promotion=row.promotion, default=row.default)
    discounted = row.discounted if row.gets_discount else 0
    return engine.ProductSet(goods, required=row.required, discounted=discounted)


def _order_amount(row: ConditionRow, named: Named) -> engine.Condition:
    assert row.minimum is not None  # noqa: S101 a constraint of the database
    return engine.OrderAmount(row.minimum, row.maximum)


def _products(row: ConditionRow, named: Named) -> engine.Condition:
    assert row.quantity is not None  # noqa: S101 a constraint of the database
    return engine.Products(_goods(named, row.everything), row.quantity)


CONDITIONS: dict[str, Callable[[ConditionRow, Named], engine.Condition]] = {
    Condition.Kind.ORDER_AMOUNT.value: _order_amount,
    Condition.Kind.PRODUCTS.value: _products,
    Condition.Kind.TIMES.value: lambda row, named: engine.Times(
        frozenset(row.days), row.begin, row.end
    ),
    Condition.Kind.POINTS_OF_SALE.value: lambda row, named: engine.PointsOfSale(
        named.points_of_sale
    ),
    Condition.Kind.GROUPS.value: lambda row, named: engine.InGroups(named.customer_groups),
    Condition.Kind.AUDIENCES.value: lambda row, named: engine.InAudiences(named.audiences),
}
