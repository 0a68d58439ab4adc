"""What offers do together, and which of them go together: all that combine, or one alone (P4)."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from promotions.engine.compiling import RuleBook
from promotions.engine.conditions import Facts
from promotions.engine.gains import Earnings, Savings
from promotions.engine.money import from_cents
from promotions.engine.offers import Offer
from promotions.engine.points import earned, spent
from promotions.engine.shelves import Shelf, Stock
from promotions.engine.solving import discounts
from promotions.engine.taking_part import Passes, Roll, everybody

POINT_DIGITS: Final = 2
INFINITE = Decimal("Infinity")


class Outcome:
    """All that some offers do together: in cents and in hundredths of points."""

    __slots__ = ("alone", "digits", "given", "is_exact", "left", "points", "spent")

    def __init__(
        self, facts: Facts, book: RuleBook, shelves: tuple[Shelf, Shelf], passes: Passes
    ) -> None:
        """`shelves`: of discounts and of points."""
        basket, programme = facts.basket, book.programme
        on_money, on_points = shelves
        money = discounts(facts.rows, on_money, passes)
        self.alone: Offer | None = None
        self.digits = basket.digits
        self.given, self.left = money.given, money.left
        self.spent = spent(basket, programme, self.left)
        paid = [left - points for left, points in zip(self.left, self.spent, strict=True)]
        earnings = Earnings(paid, self.left, basket.digits, programme.whole_points)
        after_lines = self.after_lines(facts) if on_points.has_tiers else 0
        self.points, is_exact = earned(facts.rows, on_points, passes, paid, earnings, after_lines)
        self.is_exact = money.is_exact and is_exact

    def after_lines(self, facts: Facts) -> int:
        """The receipt after line discounts and before all others, in cents."""
        total = sum([row.price for row in facts.rows])
        return total - sum([gain for o, _, _, gain in self.given if not o.on_receipt])

    def worth(self) -> Decimal:
        """Saved money, and points as money."""
        saved = sum([given[3] for given in self.given])
        points = sum([given[3] for given in self.points])
        return from_cents(saved, self.digits) + from_cents(points, POINT_DIGITS)


def worth_of(outcome: Outcome) -> list[tuple[Offer, Decimal]]:
    """What each effect of it gives, points at their worth."""
    digits = outcome.digits
    found = [(offer, from_cents(gain, digits)) for offer, _, _, gain in outcome.given]
    found += [(offer, from_cents(gain, POINT_DIGITS)) for offer, _, _, gain in outcome.points]
    return found


NOTHING = Shelf(())


def outcome_alone(items: Sequence[Offer], facts: Facts, book: RuleBook) -> Outcome:
    """As if there were no other offer; whether its items take part is not asked. Mostly it is one
    by itself."""
    if len(items) == 1:
        shelves = book.alone(items[0]), NOTHING
        shelves = shelves[::-1] if items[0].is_points else shelves
    else:
        points = [item for item in items if item.is_points]
        shelves = Shelf([item for item in items if not item.is_points]), Shelf(points)
    found = Outcome(facts, book, shelves, everybody)
    found.alone = items[0]
    return found


def roll_of(facts: Facts, book: RuleBook) -> Roll:
    return Roll(facts, lambda offer: outcome_alone((offer,), facts, book).worth())


def best_outcome(facts: Facts, book: RuleBook, stock: Stock) -> Outcome:
    """Of all offers that don't stand alone together, and of each that does."""
    roll = roll_of(facts, book)
    best = Outcome(facts, book, (stock.discounts, stock.points), roll.passes)
    worth, is_exact = best.worth(), best.is_exact
    for items in _by_offer(stock.alone(facts.rows)):
        if sum([_most_alone(item, facts) for item in items]) <= worth:
            continue
        here = [item for item in items if roll.passes(item)]
        if here:
            own = outcome_alone(here, facts, book)
            is_exact &= own.is_exact
            if own.worth() > worth:
                best, worth = own, own.worth()
    # One search that was not finished leaves open who would have won.
    best.is_exact = is_exact
    return best


def _by_offer(items: list[Offer]) -> Iterable[list[Offer]]:
    found: dict[tuple[str, int], list[Offer]] = {}
    for item in items:
        found.setdefault(item.key, []).append(item)
    return found.values()


def _most_alone(offer: Offer, facts: Facts) -> Decimal:
    """At least its worth, without working it out: most that stand alone save less than others."""
    if offer.is_points:
        return INFINITE
    savings = Savings()
    if offer.on_receipt:
        total = sum([row.price for row in facts.rows])
        here = offer.at(total)
        most = 0 if here is None else savings.on_receipt(here, total)
    else:
        most = 0
        for row in facts.rows:
            if offer.keys.isdisjoint(row.keys):
                continue
            if offer.by_line:
                most += savings.on_line(offer, row, row.count)
            else:
                most += min(row.price, savings.most_on_unit(offer, row) * row.count)
    return from_cents(most, facts.basket.digits)
