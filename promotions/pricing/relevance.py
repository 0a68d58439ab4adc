"""Which of the offers that did not apply a shopper may be told of."""

from collections.abc import Collection, Iterable, Iterator

from promotions.engine import (
    Goods,
    InAudiences,
    InGroups,
    Product,
    Reason,
    Rule,
    Shopper,
    Skipped,
)
from promotions.pricing.book import Key, promotions_of
from promotions.pricing.quoting import Priced

Who = InGroups | InAudiences


def told_to_shopper(priced: Priced) -> list[Skipped]:
    """Without offers that are over, and without those of others: groups, audiences, lists."""
    others = offers_of_others(priced)
    return [each for each in priced.quote.skipped if is_told_to(each, others)]


def without_aimed_at_others(priced: Priced) -> list[Skipped]:
    """The same with those from lists that the shopper doesn't have."""
    others = _aimed_at_others(priced)
    return [each for each in priced.quote.skipped if is_told_to(each, others)]


def offers_of_others(priced: Priced) -> Collection[Key]:
    """Offers for groups and audiences that the shopper is not in, and from lists of others."""
    lists = priced.shopper.picks
    personal = priced.book.personal.items()
    return _aimed_at_others(priced).union(
        key for key, rule in personal if any(each not in lists for each in promotions_of(rule))
    )


def _aimed_at_others(priced: Priced) -> set[Key]:
    aimed = priced.book.aimed
    return {key for key, rule in aimed.items() if not is_for(rule, priced.shopper)}


def is_told_to(skipped: Skipped, others: Collection[Key]) -> bool:
    """That an offer for others exists is nobody's business; whether one that is over is still in
    the book is chance."""
    return skipped.reason is not Reason.OVER and (skipped.origin, skipped.id) not in others


def is_for(rule: Rule, shopper: Shopper) -> bool:
    """Whether the shopper is among those whom the offer is for, whatever else it asks."""
    named = rule.groups or rule.audiences
    if named and not (rule.groups & shopper.groups or rule.audiences & shopper.audiences):
        return False
    asked = [each for each in rule.conditions if isinstance(each, Who)]
    if rule.any_condition and len(asked) < len(rule.conditions):
        return True
    together = any if rule.any_condition else all
    return not asked or together(_is_within(each, shopper) for each in asked)


def _is_within(condition: Who, shopper: Shopper) -> bool:
    belonging = shopper.groups if isinstance(condition, InGroups) else shopper.audiences
    return not condition.ids.isdisjoint(belonging)


def near(priced: Priced, skipped: Iterable[Skipped]) -> Iterator[Skipped]:
    """Those of which some goods are in the basket."""
    products = list(priced.products.values())
    for each in skipped:
        rule = priced.book.by_key[each.origin, each.id]
        goods = [part.goods for part in rule.sets] or [rule.goods]
        if any(_is_any_of(one, product, priced.shopper) for one in goods for product in products):
            yield each


def _is_any_of(goods: Goods, product: Product, shopper: Shopper) -> bool:
    if goods.promotion is not None:
        picks = shopper.picks.get(goods.promotion)
        chosen = picks and (picks.chosen or picks.listed & {goods.default})
        return bool(chosen and product.id in chosen)
    return (
        goods.everything
        or product.id in goods.products
        or not goods.categories.isdisjoint(product.categories)
        or not goods.groups.isdisjoint(product.groups)
    )
