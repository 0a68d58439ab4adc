"""Personal offers as the engine sees them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from loyalty.models import PersonalOffer, PersonalOfferTarget
from loyalty.personal.items import Item
from promotions import engine

ORIGIN = "personal_offer"
Mechanic = PersonalOffer.Mechanic
GOODS: dict[str, Callable[[int], engine.Goods]] = {
    Mechanic.PRODUCTS.value: lambda pk: engine.Goods(products=frozenset((pk,))),
    Mechanic.CATEGORIES.value: lambda pk: engine.Goods(categories=frozenset((pk,))),
    Mechanic.PRODUCT_GROUPS.value: lambda pk: engine.Goods(groups=frozenset((pk,))),
}
"""By mechanic, what an item's target means."""


@dataclass(frozen=True, slots=True)
class Named:
    """What an offer names."""

    products: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()
    product_groups: frozenset[int] = frozenset()
    points_of_sale: frozenset[int] = frozenset()
    customer_groups: frozenset[int] = frozenset()
    audiences: frozenset[int] = frozenset()


NOTHING = Named()


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """An offer whose sizes are each customer's own: all of its rules that is the same for all."""

    offer: PersonalOffer
    rule: engine.Rule

    def rules(self, items: Sequence[Item], *, needs_acceptance: bool) -> list[engine.Rule]:
        """The customer's own: one an item, of receipt amounts one for all thresholds.

        There is none of an item that the offer leaves no time for, or that makes no sense as the
        offer is now: 500 that was money when it was uploaded is not 500 per cent.
        """
        found = self.made(items, needs_acceptance=needs_acceptance)
        return [rule for rule in found if not engine.faults(rule)]

    def made(self, items: Sequence[Item], *, needs_acceptance: bool) -> list[engine.Rule]:
        """The same, with those that make no sense."""
        if self.offer.mechanic == Mechanic.RECEIPT_AMOUNT:
            return [_of_thresholds(self, items, needs_acceptance)]
        return [_of_item(self, item, needs_acceptance) for item in items]


def named_by(offers: Iterable[int]) -> dict[int, Named]:
    """What each of the offers names. One query."""
    columns = (
        *("product_id", "category_id", "product_group_id"),
        *("point_of_sale_id", "customer_group_id", "audience_id"),
    )
    rows: dict[int, list[tuple[int | None, ...]]] = defaultdict(list)
    targets = PersonalOfferTarget.objects.filter(offer__in=list(offers))
    for offer, *things in targets.values_list("offer_id", *columns):
        rows[offer].append(tuple(things))
    return {
        offer: Named(*[frozenset(filter(None, column)) for column in zip(*things, strict=True)])
        for offer, things in rows.items()
    }


def is_for_nobody(offer: PersonalOffer, named: Named) -> bool:
    """Whether an offer to an audience doesn't say yet to whom; to the engine that is everybody."""
    is_told = offer.has_items or offer.all_customers
    return not (is_told or named.customer_groups or named.audiences)


def rule_of(offer: PersonalOffer, named: Named) -> engine.Rule:
    """The rule of an offer to an audience; of one with items what all of them share."""
    goods = engine.Goods(everything=True) if offer.everything else _goods(named)
    is_for_all = offer.has_items or offer.scope == PersonalOffer.Scope.RECEIPT
    whole = engine.Goods(everything=True) if is_for_all else goods
    return engine.Rule(
        id=offer.pk,
        origin=ORIGIN,
        kind=engine.Kind(offer.method),
        value=offer.value or Decimal(0),
        start=offer.start,
        end=offer.end,
        effect=engine.Effect(offer.preference),
        scope=engine.Scope(offer.scope),
        stacking=engine.Stacking(offer.stacking),
        priority=offer.priority,
        goods=whole,
        units=offer.units,
        points_of_sale=named.points_of_sale,
        currency=offer.currency or None,
        groups=named.customer_groups,
        audiences=named.audiences,
        conditions=(*_times(offer), *([] if offer.has_items else _bought(offer, goods))),
        members=True,
        consent=offer.needs_acceptance,
    )


def gives(rule: engine.Rule) -> bool:
    """More than nothing."""
    return any(tier.value for tier in rule.tiers) if rule.tiers else rule.value > 0


def _goods(named: Named) -> engine.Goods:
    return engine.Goods(
        products=named.products, categories=named.categories, groups=named.product_groups
    )


def _times(offer: PersonalOffer) -> Iterator[engine.Condition]:
    if offer.days or offer.from_hour or offer.to_hour:
        yield engine.Times(frozenset(offer.days), offer.from_hour, offer.to_hour)


def _bought(offer: PersonalOffer, goods: engine.Goods) -> Iterator[engine.Condition]:
    """So many of the goods; on the receipt they are asked for even if one is enough."""
    is_receipt = offer.scope == PersonalOffer.Scope.RECEIPT
    if offer.quantity > 1 or (is_receipt and not goods.everything):
        yield engine.Products(goods, offer.quantity)


def _of_item(template: Template, item: Item, needs_acceptance: bool) -> engine.Rule:
    offer, rule = template.offer, template.rule
    pk = int(item.target)
    goods = GOODS[offer.mechanic](pk)
    return replace(
        rule,
        # Of products each is agreed to by itself (L14).
        item=pk if offer.mechanic == Mechanic.PRODUCTS else 0,
        effect=item.effect or rule.effect,
        kind=item.kind or rule.kind,
        value=_size(item, rule),
        start=_later(item.start, rule.start),
        end=_earlier(item.end, rule.end),
        goods=goods,
        conditions=(*rule.conditions, *_bought(offer, goods)),
        consent=needs_acceptance,
    )


def _of_thresholds(
    template: Template, items: Sequence[Item], needs_acceptance: bool
) -> engine.Rule:
    """Preference, method and dates are the same of all thresholds of a customer."""
    rule, first = template.rule, items[0]
    return replace(
        rule,
        effect=first.effect or rule.effect,
        kind=first.kind or rule.kind,
        start=_later(first.start, rule.start),
        end=_earlier(first.end, rule.end),
        tiers=tuple(engine.Tier(Decimal(each.target), _size(each, rule)) for each in items),
        consent=needs_acceptance,
    )


def _size(item: Item, rule: engine.Rule) -> Decimal:
    return rule.value if item.value is None else Decimal(item.value)


def _later(own: dt.datetime | None, offers: dt.datetime) -> dt.datetime:
    return max(own, offers) if own else offers


def _earlier(own: dt.datetime | None, offers: dt.datetime) -> dt.datetime:
    return min(own, offers) if own else offers
