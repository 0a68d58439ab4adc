"""Which offers take part in a quote, before anything is chosen or saved."""

from collections.abc import Callable
from decimal import Decimal

from promotions.engine.baskets import Shopper
from promotions.engine.conditions import Facts
from promotions.engine.offers import Offer
from promotions.engine.rules import Rule

Passes = Callable[[Offer], bool]


class Roll:
    """Asked of offers in stock; each is looked at once, and only when it is asked for."""

    __slots__ = ("_facts", "_known", "_now", "_worth")

    def __init__(self, facts: Facts, worth: Callable[[Offer], Decimal]) -> None:
        """`worth`: what an offer would give as the only one, for those with a budget."""
        self._facts = facts
        self._now = facts.at.timestamp()
        self._worth = worth
        self._known: dict[Offer, bool] = {}

    def passes(self, offer: Offer) -> bool:
        found = self._known.get(offer)
        if found is None:
            found = self._known[offer] = self._takes_part(offer)
        return found

    def _takes_part(self, offer: Offer) -> bool:
        if not offer.start <= self._now < offer.end:
            return False
        if not offer.is_open:
            rule = offer.rule
            shopper = self._facts.shopper
            if not (is_for(rule, shopper) and is_accepted(rule, shopper)):
                return False
            if not self._facts.hold(rule):
                return False
        standings = self._facts.shopper.standings
        if not standings or offer.key not in standings:
            return True
        standing = standings[offer.key]
        if standing.reached:
            return False
        if standing.budget is None:
            return True
        # No discount saves more than all of it costs: mostly nothing needs to be worked out.
        is_plenty = not offer.is_points and standing.budget >= self._facts.total
        return is_plenty or self._worth(offer) <= standing.budget


def is_for(rule: Rule, shopper: Shopper) -> bool:
    """Whether they are a member, if it is for those only, and in its groups or audiences, if it
    names some (P6)."""
    if rule.members and not shopper.is_known:
        return False
    if not rule.groups and not rule.audiences:
        return True
    return not (
        rule.groups.isdisjoint(shopper.groups) and rule.audiences.isdisjoint(shopper.audiences)
    )


def is_accepted(rule: Rule, shopper: Shopper) -> bool:
    """Whether the shopper said yes, if that is asked (L14)."""
    return not rule.consent or shopper.answers.get((rule.origin, rule.id, rule.item), False)


def everybody(offer: Offer) -> bool:
    """Of offers that were looked at before."""
    return True
