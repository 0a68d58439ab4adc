"""What is said of all offers that did not apply: little of it is worked out for one basket."""

from collections.abc import Mapping
from typing import Any

from promotions.engine.explaining import Why
from promotions.engine.foregone import Entry, Foregone, when_and_where
from promotions.engine.own import Own
from promotions.engine.quotes import Explained, Reason, Skipped
from promotions.engine.rules import Rule
from promotions.engine.taking_part import is_accepted, is_for

NEAR = {reason: number for number, reason in enumerate(Reason)}
"""The later a reason is in their order, the nearer to applying."""


def explained(why: Why) -> Explained:
    """Of every rule of the book that gave nothing, and of the shopper's own offers."""
    return _Layers(why).of_all()


class _Layers:
    def __init__(self, why: Why) -> None:
        self.why = why

    def of_all(self) -> Explained:
        why, own = self.why, self.why.own
        basket = why.facts.basket
        where = (basket.point_of_sale, basket.currency, basket.digits)
        foregone = why.book.foregone(*where, why.facts.at, why.facts.shopper.is_known)
        return Explained(foregone.common, self._of_book(foregone), self._of_own(own) if own else ())

    def _of_book(self, foregone: Foregone) -> dict[int, Skipped | None]:
        touched = foregone.touched(set().union(*[row.keys for row in self.why.facts.rows]))
        own: dict[int, Skipped | None] = {}
        for entry in foregone.about(self.why.facts.shopper):
            place = entry.offer.place
            if entry.settled is not None:
                own[place] = entry.settled
            elif entry.absent is not None:
                own[place] = self._of_absent(entry, entry.absent)
            else:
                touched.add(place)
        offers = self.why.book.offers(self.why.facts.basket.digits)
        for place in touched:
            offer = offers[place]
            is_applied = offer.rank in self.why.applied
            own[place] = None if is_applied else Skipped(*offer.key, *self.why.of(offer))
        return own

    def _of_own(self, own: Own) -> tuple[Skipped, ...]:
        """Of each offer of which no item applied, that of the item that was nearest to it."""
        applied = {offer.key for offer, *_ in self.why.given}
        found: dict[tuple[str, int], tuple[tuple[int, int], Skipped]] = {}
        for rule in own.in_order():
            if rule.key not in applied:
                said = Skipped(*rule.key, *self._of_item(rule, own))
                nearest = NEAR[said.reason], -rule.item
                if rule.key not in found or nearest > found[rule.key][0]:
                    found[rule.key] = nearest, said
        return tuple([said for _, said in found.values()])

    def _of_item(self, rule: Rule, own: Own) -> tuple[Reason, Mapping[str, Any]]:
        """Mostly known without making an offer of it."""
        basket = self.why.facts.basket
        return (
            when_and_where(rule, basket.point_of_sale, basket.currency, self.why.facts.at)
            or self.why.for_whom(rule)
            or (None if own.is_about_basket(rule) else (Reason.NO_PRODUCTS, {}))
            or self.why.of(own.offer(rule))
        )

    def _of_absent(self, entry: Entry, absent: Skipped) -> Skipped:
        rule, shopper = entry.offer.rule, self.why.facts.shopper
        if not is_for(rule, shopper):
            return entry.others
        if not is_accepted(rule, shopper):
            return Skipped(*rule.key, *self.why.not_accepted(rule))
        for goods, unchosen in entry.choices:
            if self.why.is_unchosen(goods):
                return unchosen
        return absent
