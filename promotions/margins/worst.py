"""The candidate basket that is sold at the smallest share of its usual price."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from promotions import engine
from promotions.composing import rule as rule_of
from promotions.composition import Composition
from promotions.margins.baskets import baskets
from promotions.margins.loading import World, load
from promotions.margins.moments import moments
from promotions.margins.shoppers import shoppers
from promotions.models import PointOfSale

MOST_QUOTES = 120
"""A quote takes about a millisecond."""


@dataclass(frozen=True)
class SoldLine:
    name: str
    quantity: Decimal
    total: Decimal
    payable: Decimal


@dataclass(frozen=True)
class Saving:
    """What one offer takes off; `is_own` for the discount that is looked at."""

    name: str
    amount: Decimal
    is_own: bool


@dataclass(frozen=True)
class Worst:
    point_of_sale: PointOfSale
    at: dt.datetime
    total: Decimal
    payable: Decimal
    lines: tuple[SoldLine, ...]
    savings: tuple[Saving, ...]
    for_anybody: bool
    """Nobody needs to be in a group or an audience, or to have chosen something."""

    @property
    def share(self) -> Decimal:
        """In per cent of the usual price."""
        return self.payable * 100 / self.total


def worst_basket(composition: Composition, *, at: dt.datetime, floor: Decimal) -> Worst | None:
    """The worst that is found below `floor` per cent of the usual price, if any is.

    Limits count as unused: the first use has all of them before it.
    """
    rule = rule_of(composition)
    if not composition.discount.is_active or rule.end <= at or not floor:
        return None
    world = load(rule, composition.discount, at)
    found = list(_candidates(rule, world, at, composition.discount.name))
    worst = min(found, key=lambda each: (each.share, not each.for_anybody), default=None)
    return worst if worst and worst.share < floor else None


def _candidates(rule: engine.Rule, world: World, at: dt.datetime, name: str) -> Iterator[Worst]:
    rules = [rule, *world.others]
    book = engine.compile_rules(rules)
    names = {**world.names, rule.key: name}
    for place, moment, lines, shopper in islice(_cases(rule, world, at), MOST_QUOTES):
        basket = engine.Basket(lines, place.pk, place.currency, place.digits)
        quote = engine.price(basket, shopper, book, moment)
        applied = {(effect.origin, effect.id) for effect in quote.effects}
        if rule.key in applied and quote.total:
            savings = _savings(quote, names, rule.key)
            sold = _sold(basket, quote, world)
            is_stranger = not (shopper.groups or shopper.audiences or shopper.picks)
            yield Worst(place, moment, quote.total, quote.payable, sold, savings, is_stranger)


Case = tuple[PointOfSale, dt.datetime, tuple[engine.Line, ...], engine.Shopper]


def _cases(rule: engine.Rule, world: World, at: dt.datetime) -> Iterator[Case]:
    """The small baskets everywhere before the large ones."""
    rules = [rule, *world.others]
    people = list(shoppers(rules, world.lists, world.standings))
    when = [
        (place, moment)
        for place in world.places
        for moment in moments(rule, world.others, at.astimezone(place.zone))
    ]
    for lines in baskets(rule, world.sample):
        for place, moment in when:
            for shopper in people:
                yield place, moment, lines, shopper


def _savings(
    quote: engine.Quote, names: dict[tuple[str, int], str], own: tuple[str, int]
) -> tuple[Saving, ...]:
    sums: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for effect in quote.effects:
        sums[effect.origin, effect.id] += effect.amount
    return tuple(Saving(names.get(key, ""), sums[key], key == own) for key in sums)


def _sold(basket: engine.Basket, quote: engine.Quote, world: World) -> tuple[SoldLine, ...]:
    return tuple(
        SoldLine(
            world.product_names[line.product.id] if line.product else "",
            line.quantity,
            priced.total,
            priced.payable,
        )
        for line, priced in zip(basket.lines, quote.lines, strict=True)
    )
