"""What discounts make of a choice, as the customer reads it on their page."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from promotions.composition import Composition, ConditionPart, Goods, SetPart
from promotions.engine import InAudiences, InGroups, Rule, Shopper, Standing
from promotions.models import Condition, Discount, PersonalizedPromotion, Product
from promotions.models.points_of_sale import digits
from promotions.pricing.wording import NO_BREAK
from promotions.wording import deal_in_words, money
from promotions.wording.sentence import conditions_in_words, limits_in_words, often_in_words
from promotions.wording.targets import place_clause

Kind = Discount.Kind
OF_ONESELF = (Condition.Kind.GROUPS, Condition.Kind.AUDIENCES)
"""What these ask for, the customer is: the others don't see the deal."""
USED_UP = {
    "total": gettext_lazy("Used up: nobody gets it any more."),
    "ever": gettext_lazy("You have used it up."),
    "month": gettext_lazy("You have used it up for this month."),
    "week": gettext_lazy("You have used it up for this week."),
    "day": gettext_lazy("You have used it up for today."),
}


@dataclass(frozen=True)
class Deal:
    """A discount that is live or scheduled, and its set of the promotion's products."""

    composition: Composition
    part: SetPart
    currency: str
    """Empty if prices may be in several."""
    standing: Standing
    """What is left of the discount's limits for the customer."""
    is_met: bool
    """One condition is enough, and it is who the customer is: baskets need meet no other."""

    @property
    def discount(self) -> Discount:
        return self.composition.discount

    def is_live(self, at: dt.datetime) -> bool:
        return self.discount.is_live(at)

    def words(self) -> str:
        """What is bought and given, and on what terms, in one sentence."""
        own = replace(
            self.composition,
            sets=tuple(map(self._in_second_person, self.composition.sets)),
            conditions=()
            if self.is_met
            else tuple(filter(_is_about_baskets, self.composition.conditions)),
        )
        clauses = [
            deal_in_words(own),
            place_clause(own.aims.points_of_sale),
            conditions_in_words(own, frozenset()),
            often_in_words(own),
            *limits_in_words(own.discount),
        ]
        return capfirst("; ".join(clause for clause in clauses if clause)) + "."

    def used_up(self) -> str:
        """Why the customer can't get it by now, though it is live; empty if they can."""
        if not self.standing.is_used_up:
            return ""
        reached = self.standing.reached
        return str(USED_UP.get(reached, USED_UP["total"]))

    def saving(self, price: Decimal) -> str:
        """What one unit at the usual price costs less; empty where that can't be said of one."""
        amount = self._saving(self._rounded(price))
        budget = self.standing.budget
        if not amount or self.standing.is_used_up or (budget is not None and amount > budget):
            return ""
        return money(amount, self.currency).replace(" ", NO_BREAK)

    def _saving(self, price: Decimal) -> Decimal:
        kind, value = self.discount.kind, self.discount.value
        if not self.part.product_set.gets_discount:
            return Decimal(0)
        if kind == Kind.PERCENTAGE:
            return self._rounded(price * value / 100)
        value = self._rounded(value)
        return min(value, price) if kind == Kind.AMOUNT else max(price - value, Decimal(0))

    def _rounded(self, amount: Decimal) -> Decimal:
        """As tills round prices and what is off them."""
        return amount.quantize(Decimal(1).scaleb(-digits(self.currency)), ROUND_HALF_UP)

    def _in_second_person(self, part: SetPart) -> SetPart:
        if part.goods.promotion != self.part.goods.promotion:
            return part
        # Sentences speak of products by their names.
        return replace(part, goods=Goods(products=(Product(name=_("your choice")),)))


def _is_about_baskets(part: ConditionPart) -> bool:
    return part.condition.kind not in OF_ONESELF


def deal_of(
    composition: Composition,
    promotion: PersonalizedPromotion,
    currencies: set[str],
    standing: Standing,
    *,
    is_met: bool,
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
    return Deal(composition, first, composition.discount.currency or one, standing, is_met)


def is_met_by(rule: Rule, shopper: Shopper) -> bool:
    """Whether who the shopper is meets all that the rule's conditions ask."""
    mine = {InGroups: shopper.groups, InAudiences: shopper.audiences}
    asked = [each for each in rule.conditions if isinstance(each, InGroups | InAudiences)]
    return rule.any_condition and any(each.ids & mine[type(each)] for each in asked)
