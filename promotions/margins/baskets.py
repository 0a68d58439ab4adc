"""Candidate baskets: what somebody would buy to get a discount. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from promotions import engine

MOST_UNITS = 1000


@dataclass(frozen=True)
class Sample:
    """Products to fill goods with, by the goods; the dearest first."""

    products: dict[engine.Goods, tuple[engine.Product, ...]]
    prices: dict[int, Decimal]

    def of(self, goods: engine.Goods) -> tuple[engine.Product, ...]:
        return self.products.get(goods, ())


Units = dict[engine.Product, int]


def baskets(rule: engine.Rule, sample: Sample) -> list[tuple[engine.Line, ...]]:
    """Each with all that the conditions ask for, once as small as can be and once as dear."""
    asked = _asked(rule, sample)
    found: list[Units] = []
    for units in _wanted(rule, sample):
        basket = _together(units, asked)
        found += [basket, *_dear_enough(rule, basket, sample)]
    unique = {
        tuple(sorted((p.id, number) for p, number in units.items())): units for units in found
    }
    return [_lines(units, sample) for units in unique.values() if units]


def _wanted(rule: engine.Rule, sample: Sample) -> Iterator[Units]:
    if rule.sets:
        for place in (0, -1):
            yield _of_sets(rule.sets, sample, place, times=1)
        yield _of_sets(rule.sets, sample, 0, times=rule.uses or 3)
        return
    products = sample.of(rule.goods)
    for product in products:
        yield {product: 1}
    for product in products[:1]:
        yield {product: rule.units or 3}
    yield dict.fromkeys(products, 1)


def _of_sets(sets: Sequence[engine.ProductSet], sample: Sample, place: int, times: int) -> Units:
    """Triggers by the cheapest products, targets by the dearest, or the other way round."""
    units: Units = {}
    for each in sets:
        products = sample.of(each.goods)
        if not products:
            return {}
        product = products[place if each.discounted else -1 - place]
        number = max(each.required, each.discounted) * min(times, 3)
        units[product] = units.get(product, 0) + number
    return units


def _asked(rule: engine.Rule, sample: Sample) -> Units:
    units: Units = {}
    for condition in rule.conditions:
        if isinstance(condition, engine.Products):
            for product in sample.of(condition.goods)[-1:]:
                units[product] = max(units.get(product, 0), condition.quantity)
    return units


def _together(units: Units, asked: Units) -> Units:
    if not units:
        return {}
    return {
        product: units.get(product, 0) + asked.get(product, 0) for product in {**units, **asked}
    }


def _dear_enough(rule: engine.Rule, units: Units, sample: Sample) -> Iterator[Units]:
    """The basket with so much more of its dearest product that the order amount is reached."""
    minimum = max(
        (c.minimum for c in rule.conditions if isinstance(c, engine.OrderAmount)),
        default=Decimal(0),
    )
    amount = sum((sample.prices[p.id] * number for p, number in units.items()), Decimal(0))
    dearest = max(units, key=lambda product: sample.prices[product.id], default=None)
    if dearest is None or amount >= minimum or not sample.prices[dearest.id]:
        return
    more = ((minimum - amount) / sample.prices[dearest.id]).to_integral_value(ROUND_CEILING)
    if more <= MOST_UNITS:
        yield {**units, dearest: units[dearest] + int(more)}


def _lines(units: Units, sample: Sample) -> tuple[engine.Line, ...]:
    return tuple(
        engine.Line(str(place), product, Decimal(number), sample.prices[product.id])
        for place, (product, number) in enumerate(units.items(), start=1)
    )
