"""What the search for the cheapest basket needs of the database."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from promotions import engine
from promotions.catalogue.tree import ancestors, descendants
from promotions.margins.baskets import Sample
from promotions.margins.shoppers import Lists
from promotions.models import (
    Discount,
    PersonalizedPromotion,
    PointOfSale,
    Product,
    ProductGroupMember,
)
from promotions.patience import found_soon
from promotions.pricing.rules import rules_of

MOST_PLACES = 3
FEW = 3
"""Products of the dearest and of the cheapest that goods are sampled by."""
LISTED = """
    SELECT asked.promotion, listed.product_id FROM unnest(%s::int[]) AS asked (promotion)
    CROSS JOIN LATERAL (
        SELECT product_id FROM promotions_listedproduct
        WHERE promotion_id = asked.promotion LIMIT %s) AS listed
"""


@dataclass(frozen=True)
class World:
    places: tuple[PointOfSale, ...]
    others: tuple[engine.Rule, ...]
    names: Mapping[tuple[str, int], str]
    """Of the offers, by `Rule.key`."""
    sample: Sample
    product_names: Mapping[int, str]
    lists: tuple[Lists, ...]
    """Products that one may have chosen, by promotion: of consumers, of employees."""
    standings: Mapping[tuple[str, int], engine.Standing]
    """The budgets, as if nothing had been given away yet."""


def load(rule: engine.Rule, discount: Discount, at: dt.datetime) -> World:
    """About fifteen queries, none of which grows with customers, products or discounts."""
    discounts = list(Discount.objects.ahead(at).exclude(pk=rule.id))
    others = tuple(other for other in rules_of(discounts) if not engine.faults(other))
    lists = _lists(rule, others)
    budgets = {("discount", each.pk or 0): each.budget for each in [*discounts, discount]}
    wanted = {goods: _products(goods, lists) for goods in _goods_of(rule)}
    rows = {product.pk: product for found in wanted.values() for product in found}
    known = _known(rows)
    sample = Sample(
        {goods: tuple(known[each.pk] for each in found) for goods, found in wanted.items()},
        {pk: product.price for pk, product in rows.items()},
    )
    return World(
        tuple(_places(rule)),
        others,
        {("discount", each.pk): each.name for each in discounts},
        sample,
        {pk: product.name for pk, product in rows.items()},
        _by_users(lists),
        {key: engine.Standing(budget=budget) for key, budget in budgets.items() if budget},
    )


def _goods_of(rule: engine.Rule) -> set[engine.Goods]:
    asked = {c.goods for c in rule.conditions if isinstance(c, engine.Products)}
    return asked | ({each.goods for each in rule.sets} or {rule.goods})


def _products(goods: engine.Goods, lists: Lists) -> list[Product]:
    """Some of the dearest and of the cheapest, the dearest first; none that costs nothing."""
    rows = _matching(goods, lists).filter(price__gt=0)
    dearest = list(rows.order_by("-price", "pk")[:FEW])
    cheapest = list(rows.order_by("price", "pk")[:FEW])
    found = {product.pk: product for product in [*dearest, *reversed(cheapest)]}
    return sorted(found.values(), key=lambda product: (-product.price, product.pk))


def _matching(goods: engine.Goods, lists: Lists) -> QuerySet[Product]:
    if goods.promotion is not None:
        return Product.objects.filter(pk__in=lists.get(goods.promotion, ()))
    if goods.everything:
        return Product.objects.all()
    rows = Product.objects.filter(pk__in=goods.products)
    if goods.categories:
        rows |= Product.objects.filter(category__in=descendants(goods.categories))
    if goods.groups:
        members = ProductGroupMember.objects.filter(group__in=goods.groups)
        rows |= Product.objects.filter(pk__in=members.values("product_id"))
    return rows


def _known(rows: Mapping[int, Product]) -> dict[int, engine.Product]:
    """As the engine knows them. Two queries."""
    categories = {row.category_id for row in rows.values() if row.category_id}
    above = ancestors(categories)
    groups: dict[int, list[int]] = {}
    members = ProductGroupMember.objects.filter(product__in=rows)
    for product, group in members.values_list("product_id", "group_id"):
        groups.setdefault(product, []).append(group)
    return {
        pk: engine.Product(pk, above.get(row.category_id or 0, ()), tuple(groups.get(pk, ())))
        for pk, row in rows.items()
    }


def _lists(rule: engine.Rule, others: Iterable[engine.Rule]) -> Lists:
    """A few products of each promotion's lists, with the defaults. Two queries at most.

    The rule's own are looked for first: those of others may take long.
    """
    own, named = _defaults([rule]), _defaults([rule, *others])
    for promotions in (own, named.keys() - own.keys()):
        for promotion, product in _listed(list(promotions)):
            named[promotion].add(product)
    return {promotion: frozenset(products) for promotion, products in named.items()}


def _defaults(rules: Iterable[engine.Rule]) -> dict[int, set[int]]:
    """By each promotion that rules name."""
    found: dict[int, set[int]] = defaultdict(set)
    for goods in (each.goods for rule in rules for each in rule.sets):
        if goods.promotion is not None:
            found[goods.promotion].update(() if goods.default is None else (goods.default,))
    return found


def _by_users(lists: Lists) -> tuple[Lists, ...]:
    """One query if there are any."""
    if not lists:
        return ({},)
    rows = PersonalizedPromotion.objects.filter(pk__in=lists).values_list("pk", "users")
    users = dict(rows)
    kinds = sorted(set(users.values()))
    return tuple({pk: lists[pk] for pk in users if users[pk] == kind} for kind in kinds)


def _listed(promotions: list[int]) -> list[tuple[int, int]]:
    """Nothing where looking for it would take long: no index begins with the promotion."""
    if not promotions:
        return []

    def some() -> list[tuple[int, int]]:
        with connection.cursor() as cursor:
            cursor.execute(LISTED, [promotions, 2 * FEW])
            return cursor.fetchall()

    return found_soon(some, otherwise=[])


def _places(rule: engine.Rule) -> QuerySet[PointOfSale]:
    """Where it holds, by what it says of places and of money."""
    places = PointOfSale.objects.order_by("pk")
    if rule.points_of_sale:
        places = places.filter(pk__in=rule.points_of_sale)
    if rule.currency:
        places = places.filter(currency=rule.currency)
    if not rule.any_condition:
        for condition in rule.conditions:
            if isinstance(condition, engine.PointsOfSale):
                places = places.filter(pk__in=condition.ids)
    return places[:MOST_PLACES]
