"""What offers do together, and which of them go together: all that combine, or one alone (P4)."""

from collections.abc import Sequence
from decimal import Decimal

from promotions.engine.compiling import RuleBook
from promotions.engine.conditions import Facts
from promotions.engine.gains import Earnings
from promotions.engine.money import from_cents
from promotions.engine.offers import Offer
from promotions.engine.points import earned, spent
from promotions.engine.rules import Stacking
from promotions.engine.solving import discounts

POINT_DIGITS = 2


class Outcome:
    """All that some offers do together: in cents and in hundredths of points."""

    __slots__ = ("digits", "given", "is_exact", "left", "offers", "points", "spent")

    def __init__(self, facts: Facts, book: RuleBook, offers: Sequence[Offer]) -> None:
        basket, programme = facts.basket, book.programme
        money = discounts(facts.rows, [o for o in offers if not o.is_points])
        self.offers = offers
        self.digits = basket.digits
        self.given, self.left = money.given, money.left
        self.spent = spent(basket, programme, self.left)
        paid = [left - points for left, points in zip(self.left, self.spent, strict=True)]
        earnings = Earnings(paid, self.left, basket.digits, programme.whole_points)
        on_points = [o for o in offers if o.is_points]
        self.points, is_exact = earned(facts.rows, on_points, paid, earnings)
        self.is_exact = money.is_exact and is_exact

    def worth(self) -> Decimal:
        """Saved money, and points as money."""
        saved = sum(gain for _, _, _, gain in self.given)
        points = sum(gain for _, _, _, gain in self.points)
        return from_cents(saved, self.digits) + from_cents(points, POINT_DIGITS)


def is_in_budget(offer: Offer, facts: Facts, book: RuleBook) -> bool:
    """Whether all that it would save as the only offer is left to give (P14)."""
    standing = facts.shopper.standings.get(offer.rule.key)
    if standing is None or standing.budget is None:
        return True
    return Outcome(facts, book, [offer]).worth() <= standing.budget


def best_outcome(offers: Sequence[Offer], facts: Facts, book: RuleBook) -> Outcome:
    """Of all offers that don't stand alone together, and of each that does."""
    alone = [offer for offer in offers if is_alone(offer)]
    best = Outcome(facts, book, [offer for offer in offers if not is_alone(offer)])
    for offer in alone:
        own = Outcome(facts, book, [offer])
        if own.worth() > best.worth():
            best = own
    return best


def is_alone(offer: Offer) -> bool:
    return offer.rule.stacking is Stacking.ALONE
