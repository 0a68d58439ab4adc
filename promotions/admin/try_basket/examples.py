"""A basket that one discount applies to, as far as can be told without pricing it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from decimal import ROUND_UP, Decimal

from customers.audiences.members import members as members_of_audience
from customers.membership import members_of
from customers.models import Customer
from promotions.admin.try_basket.asked import Asked, Row
from promotions.admin.try_basket.form import MOMENT
from promotions.catalogue.tree import descendants
from promotions.composition import Aims, Composition, ConditionPart, Goods, compositions_of
from promotions.engine import Times
from promotions.engine.conditions import is_within
from promotions.models import (
    Condition,
    Discount,
    ListedProduct,
    PointOfSale,
    Product,
    ProductGroupMember,
)
from promotions.models.products import is_id
from promotions.patience import found_soon

HOURS_OF_A_WEEK = 7 * 24
MOST_UNITS = 999
ENOUGH = 2
"""Units of goods that say nothing of how many there must be."""


def basket_for(number: str, *, may_see_customers: bool, at: dt.datetime) -> Asked | None:
    """None if there is no such discount. Two dozen queries at most."""
    discount = Discount.objects.filter(pk=number).first() if is_id(number) else None
    if discount is None:
        return None
    composition = compositions_of([discount])[discount.pk]
    place = _place(composition)
    if place is None:
        return Asked({})
    customer = None
    if may_see_customers:
        customer = found_soon(lambda: _customer(composition, at), otherwise=None, within="1s")
    moment = _moment(composition, place, at)
    fields = {"point_of_sale": place.key}
    if moment != at:
        fields["at"] = moment.astimezone(place.zone).strftime(MOMENT)
    if customer is not None:
        fields["customer"] = str(customer.pk)
    return Asked(fields, tuple(_rows(composition, customer)))


def _place(composition: Composition) -> PointOfSale | None:
    """One of its own with its currency; else the first that has it; else any."""
    aimed = [composition.aims, *(part.aims for part in composition.conditions)]
    own = [place for aims in aimed for place in aims.points_of_sale]
    places = own or list(PointOfSale.objects.all())
    wanted = [p for p in places if composition.discount.currency in ("", p.currency)]
    return next(iter([*wanted, *places]), None)


def _moment(composition: Composition, place: PointOfSale, at: dt.datetime) -> dt.datetime:
    """`at`, or else the first hour from then, or from its start, at which it holds."""
    discount = composition.discount
    first = at if discount.start <= at < discount.end else discount.start
    asked = [part.condition for part in composition.conditions]
    times = [
        Times(frozenset(each.days), each.begin, each.end)
        for each in asked
        if each.kind == Condition.Kind.TIMES
    ]
    if all(is_within(each, first.astimezone(place.zone)) for each in times):
        return first
    full = first.replace(minute=0, second=0, microsecond=0)
    for hours in range(1, HOURS_OF_A_WEEK + 1):
        moment = full + dt.timedelta(hours=hours)
        if all(is_within(each, moment.astimezone(place.zone)) for each in times):
            return moment
    return first


def _customer(composition: Composition, at: dt.datetime) -> Customer | None:
    """Somebody who has a list of the promotion, preferably chosen from; or whom it is for."""
    promotions = [part.goods.promotion for part in composition.sets if part.goods.promotion]
    listed = ListedProduct.objects.filter(promotion__in=promotions).order_by("customer_id")
    # Each in the order of an index, so that the first one is met soon.
    row = (listed.filter(is_chosen=True).first() or listed.first()) if promotions else None
    if row:
        return Customer.objects.filter(pk=row.customer_id).first()
    aimed = [composition.aims, *(part.aims for part in composition.conditions)]
    found = (somebody for aims in aimed for somebody in _whom(aims, at))
    return next(found, None)


def _whom(aims: Aims, at: dt.datetime) -> Iterable[Customer]:
    for group in aims.groups:
        yield from members_of(group, at).order_by("pk")[:1]
    for audience in aims.audiences:
        yield from members_of_audience(audience, at).order_by("pk")[:1]


def _rows(composition: Composition, customer: Customer | None) -> list[Row]:
    """What its sets, or its goods, and its conditions ask for, at usual prices."""
    units: Counter[Product] = Counter()
    for goods, number in _wanted(composition):
        product = _one_of(goods, customer, taken=units)
        if product is not None:
            units[product] += min(number, MOST_UNITS)
    _reach_amounts(composition.conditions, units)
    return [Row(product.external_id, str(number)) for product, number in units.items()]


def _wanted(composition: Composition) -> Iterable[tuple[Goods, int]]:
    if composition.has_sets:
        for part in composition.sets:
            own = part.product_set
            given = own.discounted if own.gets_discount else 0
            yield part.goods, max(own.required, given)
    else:
        goods = composition.goods if composition.goods.named else Goods(everything=True)
        yield goods, min(composition.discount.units or ENOUGH, ENOUGH)
    for asked in composition.conditions:
        if asked.condition.kind == Condition.Kind.PRODUCTS:
            yield asked.goods, asked.condition.quantity or 1


def _one_of(goods: Goods, customer: Customer | None, taken: Iterable[Product]) -> Product | None:
    """One with a price, that is in no other set if that can be, named ones first."""
    if goods.promotion is not None:
        return _chosen(goods, customer)
    if goods.products:
        return next(iter([p for p in goods.products if p not in taken] or goods.products))
    products = Product.objects.filter(price__gt=0)
    if goods.categories:
        below = descendants(category.pk for category in goods.categories)
        products = products.filter(category__in=below)
    elif goods.groups:
        members = ProductGroupMember.objects.filter(group__in=goods.groups)
        products = products.filter(pk__in=members.values("product_id"))
    others = products.exclude(pk__in=[product.pk for product in taken])
    return others.order_by("pk").first() or products.order_by("pk").first()


def _chosen(goods: Goods, customer: Customer | None) -> Product | None:
    listed = ListedProduct.objects.filter(promotion=goods.promotion, customer=customer)
    row = listed.order_by("-is_chosen", "product_id").first() if customer else None
    found = Product.objects.filter(pk=row.product_id).first() if row else None
    return found or goods.default


def _reach_amounts(conditions: Iterable[ConditionPart], units: Counter[Product]) -> None:
    """More of the first product, until the highest order amount is reached."""
    minima = [part.condition.minimum or Decimal(0) for part in conditions]
    total = sum((product.price * number for product, number in units.items()), Decimal(0))
    missing = max(minima, default=Decimal(0)) - total
    product = next((each for each in units if each.price), None)
    if missing > 0 and product is not None:
        more = (missing / product.price).to_integral_value(ROUND_UP)
        units[product] = min(units[product] + int(more), MOST_UNITS)
