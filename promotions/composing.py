"""A composition put into the database, and given to the engine."""

from collections.abc import Iterator

from django.db import transaction

from promotions import engine
from promotions.composition import Aims, Composition, ConditionPart, Goods, SetPart
from promotions.models import Condition, Discount, DiscountItem, ProductSet
from promotions.models.one_thing import THINGS

Named = tuple[int | None, ...]
"""Ids of a product set, of a condition, and of THINGS, in their order."""


@transaction.atomic
def store(composition: Composition) -> Discount:
    """Save the discount with exactly these parts, those that it keeps as they are numbered."""
    discount = composition.discount
    discount.save()
    named = [*_named(composition.goods, composition.aims)]
    for position, part in enumerate(composition.sets):
        part.product_set.discount, part.product_set.position = discount, position
        part.product_set.save()
        named += _named(part.goods, Aims(), product_set=part.product_set.pk)
    for position, each in enumerate(composition.conditions):
        each.condition.discount, each.condition.position = discount, position
        each.condition.save()
        named += _named(each.goods, each.aims, condition=each.condition.pk)
    _keep_only(composition)
    _name(discount, set(named))
    return discount


def _keep_only(composition: Composition) -> None:
    of = {"discount": composition.discount}
    sets = [part.product_set.pk for part in composition.sets]
    conditions = [part.condition.pk for part in composition.conditions]
    ProductSet.objects.filter(**of).exclude(pk__in=sets).delete()
    Condition.objects.filter(**of).exclude(pk__in=conditions).delete()


def _name(discount: Discount, named: set[Named]) -> None:
    columns = [f"{name}_id" for name in ("product_set", "condition", *THINGS)]
    there = {
        tuple(values): pk
        for pk, *values in DiscountItem.objects.filter(discount=discount).values_list(
            "pk", *columns
        )
    }
    gone = [pk for values, pk in there.items() if values not in named]
    DiscountItem.objects.filter(pk__in=gone).delete()
    DiscountItem.objects.bulk_create(
        DiscountItem(discount=discount, **dict(zip(columns, values, strict=True)))
        for values in sorted(named - there.keys(), key=lambda ids: [each or 0 for each in ids])
    )


def _named(
    goods: Goods, aims: Aims, *, product_set: int | None = None, condition: int | None = None
) -> Iterator[Named]:
    things = {
        "product": goods.products,
        "category": goods.categories,
        "product_group": goods.groups,
        "point_of_sale": aims.points_of_sale,
        "customer_group": aims.groups,
        "audience": aims.audiences,
    }
    for name, each in things.items():
        for thing in each:
            ids = (thing.pk if other == name else None for other in THINGS)
            yield (product_set, condition, *ids)


def rule(composition: Composition) -> engine.Rule:
    """What the engine makes of it; 0 is the id of what isn't saved yet.

    Unlike `pricing.rules.rules_of` it asks the database nothing, so it knows what a form holds.
    """
    discount, aims = composition.discount, composition.aims
    has_sets = composition.has_sets
    sets = tuple(map(_set, composition.sets)) if has_sets else ()
    # Sets that are missing are a fault: what they leave must not become a discount on all.
    goods = Goods(everything=True) if sets else Goods() if has_sets else composition.goods
    return engine.Rule(
        id=discount.pk or 0,
        kind=engine.Kind(discount.kind),
        value=discount.value,
        start=discount.start,
        end=discount.end,
        scope=engine.Scope(discount.scope),
        stacking=engine.Stacking(discount.stacking),
        priority=discount.priority,
        goods=_goods(goods),
        units=None if has_sets else discount.units,
        sets=sets,
        uses=discount.uses if has_sets else 1,
        points_of_sale=_ids(aims.points_of_sale),
        currency=discount.currency or None,
        groups=_ids(aims.groups),
        audiences=_ids(aims.audiences),
        conditions=tuple(map(_condition, composition.conditions)),
        any_condition=discount.match == Discount.Match.ONE,
    )


def _ids(things: tuple) -> frozenset[int]:
    return frozenset(thing.pk for thing in things)


def _goods(goods: Goods) -> engine.Goods:
    if goods.promotion:
        default = goods.default.pk if goods.default else None
        return engine.Goods(promotion=goods.promotion.pk, default=default)
    if goods.everything:
        return engine.Goods(everything=True)
    return engine.Goods(
        products=_ids(goods.products),
        categories=_ids(goods.categories),
        groups=_ids(goods.groups),
    )


def _set(part: SetPart) -> engine.ProductSet:
    row = part.product_set
    discounted = row.discounted if row.gets_discount else 0
    return engine.ProductSet(_goods(part.goods), required=row.required, discounted=discounted)


def _condition(part: ConditionPart) -> engine.Condition:
    row = part.condition
    match row.kind:
        case Condition.Kind.ORDER_AMOUNT if row.minimum is not None:
            return engine.OrderAmount(row.minimum, row.maximum)
        case Condition.Kind.PRODUCTS:
            return engine.Products(_goods(part.goods), row.quantity or 1)
        case Condition.Kind.TIMES:
            return engine.Times(frozenset(row.days), row.begin, row.end)
        case Condition.Kind.POINTS_OF_SALE:
            return engine.PointsOfSale(_ids(part.aims.points_of_sale))
        case Condition.Kind.GROUPS:
            return engine.InGroups(_ids(part.aims.groups))
        case Condition.Kind.AUDIENCES:
            return engine.InAudiences(_ids(part.aims.audiences))
    raise ValueError(f"no condition: {row.kind}")
