"""Which of the offers that did not apply a shopper may be told of."""

from collections.abc import Iterable, Iterator

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
from promotions.pricing.book import Book
from promotions.pricing.quoting import Priced

Who = InGroups | InAudiences


def told_to_shopper(priced: Priced) -> list[Skipped]:
    """Without offers that are over, and without those of others: groups, audiences, lists."""
    return [each for each in priced.quote.skipped if is_told(each, priced)]


def without_aimed_at_others(priced: Priced) -> list[Skipped]:
    """The same with those from lists that the shopper doesn't have."""
    skipped = priced.quote.skipped
    return [each for each in skipped if each.reason is not Reason.OVER and is_aimed(each, priced)]


def is_told(skipped: Skipped, priced: Priced) -> bool:
    """That an offer for others exists is nobody's business; whether one that is over is still in
    the book is chance."""
    if skipped.reason is Reason.OVER or not is_aimed(skipped, priced):
        return False
    personal = priced.book.personal.get((skipped.origin, skipped.id))
    return personal is None or personal <= priced.shopper.picks.keys()


def is_aimed(skipped: Skipped, priced: Priced) -> bool:
    """Whether the offer is for this shopper; everybody's is."""
    rule = priced.book.aimed.get((skipped.origin, skipped.id))
    return rule is None or is_for(rule, priced.shopper)


def is_everybodys(skipped: Skipped, book: Book) -> bool:
    """Neither for groups or audiences nor from lists."""
    key = (skipped.origin, skipped.id)
    return key not in book.aimed and key not in book.personal


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
