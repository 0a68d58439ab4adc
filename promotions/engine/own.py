"""A shopper's own rules beside the book's: of some hundred a basket touches few."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from promotions.engine.compiling import RuleBook
from promotions.engine.conditions import Facts
from promotions.engine.offers import GAP, OWN, Offer
from promotions.engine.outcomes import Outcome, best_outcome, worth_of
from promotions.engine.rules import Goods, Rule
from promotions.engine.shelves import Stock

Key = tuple[str, int]
NOTHING: Final = Decimal(0)


class Own:
    """Of one quote. What can't apply is not even made an offer of, but to explain it."""

    __slots__ = ("_book", "_categories", "_facts", "_groups", "_products", "over")

    def __init__(self, facts: Facts, book: RuleBook) -> None:
        self._facts = facts
        self._book = book
        bought = [row.line.product for row in facts.rows if row.line.product is not None]
        self._products = {product.id for product in bought}
        self._categories = {number for product in bought for number in product.categories}
        self._groups = {number for product in bought for number in product.groups}
        self.over: dict[Key, Mapping[str, Any]] = {}
        """Offers left out since their items together would give more than the budget has left."""

    def best(self, stock: Stock) -> Outcome:
        """Of the stock and them, priced anew without offers that gave too much until none does."""
        offers = self.offers()
        is_exact = True
        while True:
            within = [offer for offer in offers if offer.key not in self.over]
            here = Stock(within, stock) if within else stock
            best = best_outcome(self._facts, self._book, here)
            is_exact = best.is_exact = best.is_exact and is_exact
            over = self._over(best)
            if not over:
                return best
            self.over.update(over)

    def _over(self, outcome: Outcome) -> dict[Key, Mapping[str, Any]]:
        standings = self._facts.shopper.standings
        needed: dict[Key, Decimal] = {}
        for offer, worth in worth_of(outcome):
            if offer.place == OWN and offer.key in standings:
                needed[offer.key] = needed.get(offer.key, NOTHING) + worth
        found: dict[Key, Mapping[str, Any]] = {}
        for key, worth in needed.items():
            left = standings[key].budget
            if left is not None and worth > left:
                found[key] = {"left": left, "needed": worth}
        return found

    def offers(self) -> list[Offer]:
        """Those that could apply, in order."""
        rules = sorted(filter(self._could_apply, self._facts.shopper.rules), key=_order)
        return [self.offer(rule, number) for number, rule in enumerate(rules, 1)]

    def offer(self, rule: Rule, number: int = 1) -> Offer:
        """`number`: its place among own ones between the same rules of the book."""
        rank = self._book.earlier(rule) * GAP + number
        return Offer(rule, rank, self._facts.basket.digits)

    def in_order(self) -> list[Rule]:
        return sorted(self._facts.shopper.rules, key=_order)

    def _could_apply(self, rule: Rule) -> bool:
        facts = self._facts
        basket = facts.basket
        return (
            self.is_about_basket(rule)
            and (rule.currency is None or rule.currency == basket.currency)
            and (not rule.points_of_sale or basket.point_of_sale in rule.points_of_sale)
            and rule.start <= facts.at < rule.end
        )

    def is_about_basket(self, rule: Rule) -> bool:
        """Whether any goods of it could be in the basket; of a shopper's choice it isn't asked."""
        if rule.sets:
            return any(self._is_bought(one.goods) for one in rule.sets)
        return self._is_bought(rule.goods)

    def _is_bought(self, goods: Goods) -> bool:
        return (
            goods.everything
            or goods.promotion is not None
            or not goods.products.isdisjoint(self._products)
            or not goods.categories.isdisjoint(self._categories)
            or not goods.groups.isdisjoint(self._groups)
        )


def _order(rule: Rule) -> tuple[int, int, str, int]:
    return rule.order
