"""Which of the offers that did not apply a shopper may be told of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from promotions.engine import (
    Goods,
    InAudiences,
    InGroups,
    Reason,
    Rule,
    Shopper,
    Skipped,
)
from promotions.pricing.book import Book
from promotions.pricing.quoting import Priced
from promotions.pricing.sources import Key

Who = InGroups | InAudiences


def told_to_shopper(priced: Priced) -> list[Skipped]:
    """Without offers that are over, and without those of others: groups, audiences, lists."""
    return [each for each in priced.quote.skipped if is_told(each, priced)]


def told_and_near(priced: Priced) -> Iterator[Skipped]:
    """Of those the near ones. Whom most are for needn't be looked at: it was, or they are far."""
    for_others = Reason.NOT_FOR_YOU
    maybe = (each for each in priced.quote.skipped if each.reason is not for_others)
    return (each for each in near(priced, maybe) if is_told(each, priced))


def without_aimed_at_others(priced: Priced) -> list[Skipped]:
    """The same with those from lists that the shopper doesn't have."""
    skipped = priced.quote.skipped
    return [each for each in skipped if each.reason is not Reason.OVER and is_aimed(each, priced)]


def is_told(skipped: Skipped, priced: Priced) -> bool:
    """That an offer for others exists is nobody's business; whether one that is over is still in
    the book is chance. Of their own offers shoppers are told when they were over."""
    if not is_aimed(skipped, priced):
        return False
    if (skipped.origin, skipped.id) not in priced.book.by_key:
        return True
    if skipped.reason is Reason.OVER:
        return False
    personal = priced.book.personal.get((skipped.origin, skipped.id))
    return personal is None or personal <= priced.shopper.picks.keys()


def is_aimed(skipped: Skipped, priced: Priced) -> bool:
    """Whether the offer is for this shopper; everybody's is. Each one's own may be for certain
    groups or audiences besides."""
    book, shopper, key = priced.book, priced.shopper, (skipped.origin, skipped.id)
    if key not in book.by_key:
        return is_for(priced.rules[key], shopper)
    if key in book.members and not shopper.is_known:
        return False
    rule = book.aimed.get(key)
    return rule is None or is_for(rule, shopper)


def is_everybodys(skipped: Skipped, book: Book, *, is_known: bool) -> bool:
    """Neither for groups or audiences nor from lists; for members if the shopper is one."""
    key = (skipped.origin, skipped.id)
    is_open = is_known or key not in book.members
    return is_open and key not in book.aimed and key not in book.personal


def is_for(rule: Rule, shopper: Shopper) -> bool:
    """Whether the shopper is among those whom the offer is for, whatever else it asks."""
    if rule.members and not shopper.is_known:
        return False
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
    bought = _Bought(priced)
    own: dict[Key, list[Rule]] = defaultdict(list)
    for rule in priced.shopper.rules:
        own[rule.key].append(rule)
    by_key = priced.book.by_key
    for each in skipped:
        if each.reason is Reason.NO_PRODUCTS:
            continue
        key = (each.origin, each.id)
        if any(bought.has_any_of(rule) for rule in own.get(key) or (by_key[key],)):
            yield each


class _Bought:
    """What is in a basket, as goods name it: of a thousand offers each is asked once."""

    def __init__(self, priced: Priced) -> None:
        products = priced.products.values()
        self.picks = priced.shopper.picks
        self.products = {product.id for product in products}
        self.categories = {number for product in products for number in product.categories}
        self.groups = {number for product in products for number in product.groups}

    def has_any_of(self, rule: Rule) -> bool:
        if rule.sets:
            return any(self._has(part.goods) for part in rule.sets)
        return self._has(rule.goods)

    def _has(self, goods: Goods) -> bool:
        if goods.promotion is not None:
            picks = self.picks.get(goods.promotion)
            if picks is None:
                return False
            return not self.products.isdisjoint(picks.chosen or picks.listed & {goods.default})
        if goods.everything:
            return True
        return not (
            self.products.isdisjoint(goods.products)
            and self.categories.isdisjoint(goods.categories)
            and self.groups.isdisjoint(goods.groups)
        )
