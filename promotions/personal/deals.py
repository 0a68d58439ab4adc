"""What discounts make of a choice, as the customer reads it on their page."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from promotions.composition import Composition, ConditionPart, Goods, SetPart
from promotions.models import Condition, Discount, PersonalizedPromotion, Product
from promotions.models.points_of_sale import digits
from promotions.pricing.wording import NO_BREAK
from promotions.wording import deal_in_words, money
from promotions.wording.sentence import conditions_in_words, limits_in_words, often_in_words
from promotions.wording.targets import place_clause

Kind, Scope = Discount.Kind, Discount.Scope
OF_ONESELF = (Condition.Kind.GROUPS, Condition.Kind.AUDIENCES)
"""What these ask for, the customer is: the others don't see the deal."""


@dataclass(frozen=True)
class Deal:
    """A discount that is live or scheduled, and its set of the promotion's products."""

    composition: Composition
    part: SetPart
    currency: str
    """Empty if prices may be in several."""

    @property
    def discount(self) -> Discount:
        return self.composition.discount

    @property
    def default(self) -> Product | None:
        return self.part.goods.default

    def is_live(self, at: dt.datetime) -> bool:
        return self.discount.is_live(at)

    def words(self) -> str:
        """What is bought and given, and on what terms, in one sentence."""
        own = replace(
            self.composition,
            sets=tuple(map(self._in_second_person, self.composition.sets)),
            conditions=tuple(filter(_is_about_baskets, self.composition.conditions)),
        )
        clauses = [
            deal_in_words(own),
            place_clause(own.aims.points_of_sale),
            conditions_in_words(own, frozenset()),
            often_in_words(own),
            *limits_in_words(own.discount),
        ]
        return capfirst("; ".join(clause for clause in clauses if clause)) + "."

    def saving(self, price: Decimal) -> str:
        """What one unit at the usual price costs less; empty where that can't be said of one."""
        amount = self._saving(price)
        return money(amount, self.currency).replace(" ", NO_BREAK) if amount else ""

    def _saving(self, price: Decimal) -> Decimal:
        kind, value = self.discount.kind, self.discount.value
        of_one = self.discount.scope != Scope.RECEIPT or kind == Kind.PERCENTAGE
        if not (self.part.product_set.gets_discount and of_one):
            return Decimal(0)
        if kind == Kind.PERCENTAGE:
            cent = Decimal(1).scaleb(-digits(self.currency))
            return (price * value / 100).quantize(cent, ROUND_HALF_UP)
        return min(value, price) if kind == Kind.AMOUNT else max(price - value, Decimal(0))

    def _in_second_person(self, part: SetPart) -> SetPart:
        if part.goods.promotion != self.part.goods.promotion:
            return part
        # Sentences speak of products by their names.
        return replace(part, goods=Goods(products=(Product(name=_("your choice")),)))


def _is_about_baskets(part: ConditionPart) -> bool:
    return part.condition.kind not in OF_ONESELF


def deal_of(
    composition: Composition, promotion: PersonalizedPromotion, currencies: set[str]
) -> Deal | None:
    """The deal by the discount's first set of this promotion, the one that gains if there is one.

    `currencies` are those of all points of sale.
    """
    parts = [part for part in composition.sets if part.goods.promotion == promotion]
    if not parts:
        return None
    named = {place.currency for place in composition.aims.points_of_sale} or currencies
    one = next(iter(named)) if len(named) == 1 else ""
    first = max(parts, key=lambda part: part.product_set.gets_discount)
    return Deal(composition, first, composition.discount.currency or one)
