"""Why each other offer did not apply (P7): worked out only when asked for."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from promotions.engine.choosing.contests import Contest, Finder
from promotions.engine.compiling import RuleBook
from promotions.engine.conditions import Facts, figures
from promotions.engine.foregone import Entry, when_and_where
from promotions.engine.offers import Offer
from promotions.engine.outcomes import Outcome, outcome_alone
from promotions.engine.quotes import Explained, Reason, Skipped
from promotions.engine.rows import Row, chosen
from promotions.engine.rules import Goods, Kind, Rule
from promotions.engine.taking_part import is_for

Found = tuple[Reason, Mapping[str, Any]] | None
"""A reason with its figures, or that it isn't true."""


class Why:
    """Of one quote. Each question is asked only if none before it was answered."""

    def __init__(self, facts: Facts, book: RuleBook, outcome: Outcome) -> None:
        self.facts = facts
        self.book = book
        self.outcome = outcome
        given = [*outcome.given, *outcome.points]
        self.finder = Finder(facts.rows)
        self.applied = {offer.rank for offer, _, _, gain in given if gain}
        self.given = [each for each in given if each[0].rank in self.applied]

    def of_all(self) -> Explained:
        """Of every rule of the book that gave nothing."""
        basket = self.facts.basket
        place = (basket.point_of_sale, basket.currency, basket.digits)
        foregone = self.book.foregone(*place, self.facts.at)
        touched = foregone.touched(set().union(*[row.keys for row in self.facts.rows]))
        own: dict[int, Skipped | None] = {}
        for entry in foregone.about(self.facts.shopper):
            rank = entry.offer.rank
            if entry.settled is not None:
                own[rank] = entry.settled
            elif entry.absent is not None:
                own[rank] = self._of_absent(entry, entry.absent)
            else:
                touched.add(rank)
        offers = self.book.offers(basket.digits)
        for rank in touched:
            is_applied = rank in self.applied
            own[rank] = None if is_applied else Skipped(*offers[rank].key, *self.of(offers[rank]))
        return Explained(foregone.common, own)

    def _of_absent(self, entry: Entry, absent: Skipped) -> Skipped:
        if not is_for(entry.offer.rule, self.facts):
            return entry.others
        for goods, unchosen in entry.choices:
            if self._is_unchosen(goods):
                return unchosen
        return absent

    def of(self, offer: Offer) -> tuple[Reason, Mapping[str, Any]]:
        rule, basket = offer.rule, self.facts.basket
        return (
            when_and_where(rule, basket.point_of_sale, basket.currency, self.facts.at)
            or self._for_whom(rule)
            or self._of_units(offer, Contest(offer, self.finder))
        )

    def _of_units(self, offer: Offer, contest: Contest) -> tuple[Reason, Mapping[str, Any]]:
        return (
            self._of_what(offer, contest)
            or self._of_conditions(offer.rule)
            or _incomplete(contest, self.facts.rows)
            or self._of_money(offer, contest)
            or self._of_others(offer, contest)
        )

    def _for_whom(self, rule: Rule) -> Found:
        return None if is_for(rule, self.facts) else (Reason.NOT_FOR_YOU, {})

    def _of_what(self, offer: Offer, contest: Contest) -> Found:
        for part in offer.parts:
            if self._is_unchosen(part.goods):
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

    def _is_unchosen(self, goods: Goods) -> bool:
        if goods.promotion is None:
            return False
        picks = self.facts.shopper.picks.get(goods.promotion)
        return picks is None or not chosen(picks, goods.default)

    def _of_money(self, offer: Offer, contest: Contest) -> Found:
        budget = self._tight_budget(offer)
        is_asked = budget is not None or offer.is_alone or self.outcome.alone is not None
        if not is_asked and self.saves(offer, contest):
            return None
        needed = outcome_alone(offer, self.facts, self.book).worth()
        if budget is not None and needed > budget:
            return Reason.BUDGET, {"left": budget, "needed": needed}
        if not needed:
            return Reason.NOTHING_TO_SAVE, {}
        winner = self.outcome.alone
        if winner is not None:
            return Reason.ALONE, {"offer": winner.key}
        if offer.is_alone:
            figures = {"saving": needed, "others": self.outcome.worth()}
            return Reason.OTHERS_SAVE_MORE, figures
        return None

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
            return _takes_off(offer, sum([row.price for row in rows]))
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
    ranked = {offer.rank: offer.rule.key for offer in offers}
    return tuple(ranked[rank] for rank in sorted(ranked))


def _incomplete(contest: Contest, rows: list[Row]) -> Found:
    """The first set that lacks units when the sets before it have taken theirs."""
    left = {row.place: row.count for row in rows}
    if not contest.is_set or contest.most_uses(left):
        return None
    for number, (part, lines) in enumerate(zip(contest.parts, contest.lines, strict=True)):
        found = sum(left[place] for place in lines)
        if found < part.least:
            break
        _take(part.least, lines, contest.lines[number + 1 :], left)
    return Reason.SET_INCOMPLETE, {"set": number, "required": part.least, "found": found}


def _take(
    units: int,
    lines: Iterable[int],
    later: Iterable[tuple[int, ...]],
    left: dict[int, int],
) -> None:
    """Of the lines that the fewest sets still to come could take from."""
    wanted = [place for others in later for place in others]
    for place in sorted(lines, key=wanted.count):
        taken = min(units, left[place])
        left[place] -= taken
        units -= taken
