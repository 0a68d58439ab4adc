"""Rules as the arithmetic wants them: whole cents, fractions, and numbers in place of names."""

from itertools import pairwise
from typing import Final, Optional

from promotions.engine.money import as_fraction, to_cents, to_cents_up
from promotions.engine.rules import Effect, Goods, Kind, Rule, Scope, Stacking, Tier

Key = tuple[str, int, int]
Keys = frozenset[Key]
ALL: Key = ("*", 0, 0)
"""The key that every line has."""
NO_DEFAULT = -1
GAP: Final = 1 << 20
"""Between the ranks of a book's rules there is room for as many of a shopper's own."""
OWN: Final = -1
"""The place of an offer that is in no book."""
ENDLESS: Final = 1 << 60


def keys_of(goods: Goods) -> Keys:
    """What the goods are found by: a line is of them if it has any of these keys."""
    if goods.everything:
        return frozenset((ALL,))
    if goods.promotion is not None:
        default = NO_DEFAULT if goods.default is None else goods.default
        return frozenset((("l", goods.promotion, default),))
    named = (("p", goods.products), ("c", goods.categories), ("g", goods.groups))
    return frozenset((letter, number, 0) for letter, numbers in named for number in numbers)


class Part:
    """A product set: between `least` and `most` units an application, of them `targets` at most."""

    __slots__ = ("goods", "keys", "least", "most", "required", "targets")

    def __init__(self, goods: Goods, required: int, discounted: int) -> None:
        self.goods = goods
        self.keys = keys_of(goods)
        self.required = max(required, 0)
        self.targets = max(discounted, 0)
        self.least = max(self.required, 1)
        self.most = max(self.required, self.targets)


class Offer:
    """A rule with its place in the order (`rank`) and its value in cents of `digits` decimals.

    `place`: that in its book. `is_open`: it asks nothing of shopper, basket or hour. `competes`: it
    and others choose units in one search. A tier is an offer of its own, for receipts of `least`
    cents and more after line discounts, and less than `below`.
    """

    __slots__ = (
        "amount",
        "below",
        "by_line",
        "competes",
        "denominator",
        "end",
        "id",
        "is_alone",
        "is_limited",
        "is_open",
        "is_points",
        "is_set",
        "key",
        "keys",
        "kind",
        "least",
        "numerator",
        "on_receipt",
        "one_per_item",
        "origin",
        "parts",
        "place",
        "rank",
        "rule",
        "start",
        "tiers",
        "uses",
    )

    def __init__(
        self, rule: Rule, rank: int, digits: int, place: int = OWN, tier: Tier | None = None
    ) -> None:
        self.rule = rule
        self.rank = rank
        self.place = place
        self.key = rule.key
        self.origin, self.id = rule.key
        asks = rule.groups or rule.audiences or rule.conditions or rule.members or rule.consent
        self.is_open = not asks
        self.kind = rule.kind
        # Seconds compare faster than moments of two zones.
        self.start, self.end = rule.start.timestamp(), rule.end.timestamp()
        self.is_alone = rule.stacking is Stacking.ALONE
        self.is_points = rule.effect is Effect.POINTS
        self.by_line = rule.scope is Scope.LINES
        self.on_receipt = rule.scope is Scope.RECEIPT
        value = rule.value if tier is None else tier.value
        self.amount = 0 if self.is_points else to_cents(value, digits)
        per = 100 if rule.kind is Kind.PERCENTAGE else 1
        self.numerator, self.denominator = as_fraction(value, per)
        self.least = 0 if tier is None else to_cents_up(tier.threshold, digits)
        self.below = ENDLESS
        self.tiers = _tiers(self, digits) if rule.tiers and tier is None else ()
        self.one_per_item = rule.stacking is not Stacking.COMBINES
        self.is_set = bool(rule.sets)
        self.is_limited = rule.units is not None
        self.parts = _parts(rule)
        self.uses = rule.uses if rule.sets else 1
        self.competes = self.is_set or (self.is_limited and self.one_per_item)
        self.keys: Keys = frozenset().union(*(part.keys for part in self.parts if part.targets))

    def at(self, amount: int) -> Optional["Offer"]:
        """Itself, or of tiers the one that a receipt of so many cents after line discounts reaches;
        None if it reaches none."""
        if not self.tiers:
            return self
        return next((tier for tier in self.tiers if tier.least <= amount < tier.below), None)


def _tiers(offer: Offer, digits: int) -> tuple[Offer, ...]:
    tiers = [Offer(offer.rule, offer.rank, digits, offer.place, t) for t in offer.rule.tiers]
    for tier, higher in pairwise(tiers):
        tier.below = higher.least
    return tuple(tiers)


def _parts(rule: Rule) -> tuple[Part, ...]:
    """A plain rule is one set without triggers, of as many units as its limit lets it take."""
    if rule.sets:
        return tuple(Part(s.goods, s.required, s.discounted) for s in rule.sets)
    return (Part(rule.goods, 1, rule.units or 1),)
