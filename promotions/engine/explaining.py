"""Why each other offer did not apply (P7): worked out only when asked for."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from promotions.engine.choosing.contests import Contest, Finder
from promotions.engine.compiling import RuleBook
from promotions.engine.conditions import Facts, figures
from promotions.engine.foregone import when_and_where
from promotions.engine.lacking import lacking
from promotions.engine.money import from_cents
from promotions.engine.offers import OWN, Offer
from promotions.engine.outcomes import Outcome, outcome_alone, roll_of
from promotions.engine.own import Own
from promotions.engine.quotes import Reason
from promotions.engine.rows import chosen
from promotions.engine.rules import Goods, Kind, Rule
from promotions.engine.taking_part import is_accepted, is_for

Found = tuple[Reason, Mapping[str, Any]] | None
"""A reason with its figures, or that it isn't true."""


class Why:
    """Of one quote. Each question is asked only if none before it was answered."""

    def __init__(
        self, facts: Facts, book: RuleBook, outcome: Outcome, own: Own | None = None
    ) -> None:
        self.facts = facts
        self.own = own
        self.book = book
        self.outcome = outcome
        given = [*outcome.given, *outcome.points]
        self.finder = Finder(facts.rows)
        self.applied = {offer.rank for offer, _, _, gain in given if gain}
        self.given = [each for each in given if each[0].rank in self.applied]

    def of(self, offer: Offer) -> tuple[Reason, Mapping[str, Any]]:
        rule, basket = offer.rule, self.facts.basket
        return (
            when_and_where(rule, basket.point_of_sale, basket.currency, self.facts.at)
            or self.for_whom(rule)
            or self._of_units(offer, Contest(offer, self.finder))
        )

    def _of_units(self, offer: Offer, contest: Contest) -> tuple[Reason, Mapping[str, Any]]:
        return (
            self._of_what(offer, contest)
            or self._of_conditions(offer.rule)
            or self._of_thresholds(offer)
            or self._of_sets(contest)
            or self._of_money(offer, contest)
            or self._of_others(offer, contest)
        )

    def for_whom(self, rule: Rule) -> Found:
        if not is_for(rule, self.facts.shopper):
            return Reason.NOT_FOR_YOU, {}
        return None if is_accepted(rule, self.facts.shopper) else self.not_accepted(rule)

    def not_accepted(self, rule: Rule) -> tuple[Reason, Mapping[str, Any]]:
        is_declined = (rule.origin, rule.id, rule.item) in self.facts.shopper.answers
        return Reason.NOT_ACCEPTED, {"answer": "declined" if is_declined else "pending"}

    def _of_what(self, offer: Offer, contest: Contest) -> Found:
        for part in offer.parts:
            if self.is_unchosen(part.goods):
                return Reason.NO_CHOICE, {"promotion": part.goods.promotion}
        return None if contest.places else (Reason.NO_PRODUCTS, {})

    def _of_conditions(self, rule: Rule) -> Found:
        facts = self.facts
        if not facts.hold(rule):
            failed = [figures(c, facts) for c in rule.conditions if not facts.holds(c)]
            return Reason.CONDITION, {"failed": failed}
        standing = facts.shopper.standings.get(rule.key)
        if standing is not None and standing.reached:
            return Reason.LIMIT, {"limit": standing.reached, "allowed": standing.allowed}
        return None

    def _of_thresholds(self, offer: Offer) -> Found:
        """One that stands alone looks at the receipt as if there were no other."""
        facts = self.facts
        found = facts.total
        if not offer.is_alone:
            found = from_cents(self.outcome.after_lines(facts), facts.basket.digits)
        if not offer.tiers or found >= offer.rule.tiers[0].threshold:
            return None
        return Reason.BELOW_THRESHOLD, {
            "threshold": offer.rule.tiers[0].threshold,
            "found": found,
        }

    def _of_sets(self, contest: Contest) -> Found:
        found = lacking(contest, self.facts.rows)
        if found is None:
            return None
        return Reason.SET_INCOMPLETE, dict(zip(("set", "required", "found"), found, strict=True))

    def is_unchosen(self, goods: Goods) -> bool:
        if goods.promotion is None:
            return False
        picks = self.facts.shopper.picks.get(goods.promotion)
        return picks is None or not chosen(picks, goods.default)

    def _of_money(self, offer: Offer, contest: Contest) -> Found:
        if self.own and offer.key in self.own.over:
            return Reason.BUDGET, self.own.over[offer.key]
        budget = self._tight_budget(offer)
        is_asked = budget is not None or offer.is_alone or self.outcome.alone is not None
        if not is_asked and self.saves(offer, contest):
            return None
        needed = outcome_alone((offer,), self.facts, self.book).worth()
        if budget is not None and needed > budget:
            return Reason.BUDGET, {"left": budget, "needed": needed}
        if not needed:
            return Reason.NOTHING_TO_SAVE, {}
        winner = self.outcome.alone
        if winner is not None:
            return Reason.ALONE, {"offer": winner.key}
        if offer.is_alone:
            saving = self._of_all_items(offer) or needed
            return Reason.OTHERS_SAVE_MORE, {"saving": saving, "others": self.outcome.worth()}
        return None

    def _of_all_items(self, offer: Offer) -> Decimal | None:
        """What an own offer would save alone, by all its items that take part; None of others."""
        if self.own is None or offer.place != OWN:
            return None
        passes = roll_of(self.facts, self.book).passes
        items = [each for each in self.own.offers() if each.key == offer.key and passes(each)]
        return outcome_alone(items, self.facts, self.book).worth()

    def _tight_budget(self, offer: Offer) -> Decimal | None:
        """What is left of its budget if that could be too little: no discount saves more than all
        of the basket costs."""
        standing = self.facts.shopper.standings.get(offer.rule.key)
        if standing is None or standing.budget is None:
            return None
        is_plenty = not offer.is_points and standing.budget >= self.facts.total
        return None if is_plenty else standing.budget

    def saves(self, offer: Offer, contest: Contest) -> bool:
        """Whether it surely saves something, seen without working out how much."""
        if offer.is_points:
            return False
        rows = self.facts.rows
        if offer.on_receipt:
            total = sum([row.price for row in rows])
            here = offer.at(total)
            return here is not None and _takes_off(here, total)
        if not offer.is_set:
            return _takes_off(offer, max([rows[place].unit_price for place in contest.places]))
        # Its sets can be filled, maybe with the cheapest of their targets only.
        targets = [
            lines for part, lines in zip(offer.parts, contest.lines, strict=True) if part.targets
        ]
        return all(_takes_off(offer, rows[place].unit_price) for one in targets for place in one)

    def _of_others(self, offer: Offer, contest: Contest) -> tuple[Reason, Mapping[str, Any]]:
        """Whoever has units of it: first rivals for units, else whoever made them free."""
        places = contest.places
        here = [each[0] for each in self.given if each[1] in places]
        alike = [o for o in here if o.is_points == offer.is_points]
        rivals = [o for o in alike if _compete(o, offer)]
        return Reason.OUTDONE, {"offers": _keys(rivals or alike or here)}


def _takes_off(offer: Offer, price: int) -> bool:
    """Of a unit, or of the receipt. Of a line it is as much at least, or not known here."""
    if offer.kind is Kind.PERCENTAGE:
        return 2 * price * offer.numerator >= offer.denominator
    if offer.kind is Kind.AMOUNT:
        return min(price, offer.amount) > 0
    return not offer.by_line and price > offer.amount


def _compete(one: Offer, other: Offer) -> bool:
    return (one.one_per_item and other.one_per_item) or (one.is_set and other.is_set)


def _keys(offers: Iterable[Offer]) -> tuple[tuple[str, int], ...]:
    """In the offers' order, each once."""
    ranked = {offer.rank: offer.key for offer in offers}
    return tuple(dict.fromkeys(ranked[rank] for rank in sorted(ranked)))
