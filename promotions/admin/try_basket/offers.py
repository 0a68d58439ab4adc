"""Every offer of a quote: what it did, or why it did nothing, in words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from customers.admin.target_rights import seen_by
from customers.models import Audience, CustomerGroup
from promotions.admin.try_basket import kinds
from promotions.admin.try_basket.form import CheckedRow
from promotions.admin.try_basket.receipt import Key
from promotions.engine import Applied, Reason, Rule, Skipped
from promotions.pricing.explanations import applied_in_words, in_words
from promotions.pricing.quoting import Priced
from promotions.pricing.relevance import near, without_aimed_at_others
from promotions.pricing.wording import joined, number, quoted

MOST = 100
"""Offers of a group that are drawn; of others only how many there are is told."""
SIGNS = {
    Reason.NOT_YET: "schedule",
    Reason.OVER: "event_busy",
    Reason.NOT_HERE: "wrong_location",
    Reason.CURRENCY: "currency_exchange",
    Reason.NOT_FOR_YOU: "person_off",
    Reason.CONDITION: "rule",
    Reason.LIMIT: "block",
    Reason.NOT_ACCEPTED: "how_to_reg",
    Reason.BELOW_THRESHOLD: "stairs",
    Reason.NO_PRODUCTS: "remove_shopping_cart",
    Reason.NO_CHOICE: "touch_app",
    Reason.SET_INCOMPLETE: "extension",
    Reason.BUDGET: "savings",
    Reason.NOTHING_TO_SAVE: "money_off",
    Reason.ALONE: "front_hand",
    Reason.OTHERS_SAVE_MORE: "trending_down",
    Reason.OUTDONE: "swap_horiz",
}
CLOSEST = (
    *(Reason.SET_INCOMPLETE, Reason.BELOW_THRESHOLD, Reason.CONDITION, Reason.NO_CHOICE),
    *(Reason.NOT_ACCEPTED, Reason.BUDGET, Reason.LIMIT),
)
"""Near misses that a little more would have made a hit come first."""


@dataclass(frozen=True)
class Offer:
    name: str
    url: str
    sign: str
    words: str
    """What it did, or why not."""
    deal: str = ""
    """What it is, in a sentence."""
    details: Sequence[str] = ()
    """What it did to each line."""


@dataclass(frozen=True)
class Offers:
    applied: Sequence[Offer]
    near: Sequence[Offer]
    """Some of their goods are in the basket."""
    others: Sequence[Offer]
    more: int
    """Others that are not drawn."""
    hidden: bool
    """Offers for groups or audiences of others are left out: who asks may not see those."""

    @property
    def others_count(self) -> int:
        return len(self.others) + self.more


def draw(priced: Priced, rows: Sequence[CheckedRow], user: Any) -> Offers:
    """Seven queries at most for discounts alone, three more with personal offers."""
    seen = seen_by(user)
    hidden = len(seen) < 2
    skipped = without_aimed_at_others(priced) if hidden else list(priced.quote.skipped)
    close = sorted(near(priced, iter(skipped)), key=_distance)[:MOST]
    close_keys = {(each.origin, each.id) for each in close}
    others = [each for each in skipped if (each.origin, each.id) not in close_keys]
    effects = _by_offer(priced.quote.effects)
    lines = {line.id: row for line, row in zip(priced.quote.lines, rows, strict=True)}
    deals = kinds.deals([*effects, *close_keys], seen)
    told = _Why(priced, [*close, *others[:MOST]], deals)
    return Offers(
        applied=[_applied(key, each, priced, lines, deals) for key, each in effects.items()],
        near=[told.draw(each) for each in close],
        others=[told.draw(each) for each in others[:MOST]],
        more=max(0, len(others) - MOST),
        hidden=hidden and len(skipped) < len(priced.quote.skipped),
    )


def _distance(skipped: Skipped) -> int:
    return CLOSEST.index(skipped.reason) if skipped.reason in CLOSEST else len(CLOSEST)


def _by_offer(effects: Iterable[Applied]) -> Mapping[Key, list[Applied]]:
    found: dict[Key, list[Applied]] = defaultdict(list)
    for each in effects:
        found[each.origin, each.id].append(each)
    return found


def _applied(
    key: Key,
    effects: Sequence[Applied],
    priced: Priced,
    lines: Mapping[str, CheckedRow],
    deals: Mapping[Key, str],
) -> Offer:
    names = priced.names
    amount = sum((each.amount for each in effects), Decimal(0))
    points = sum((each.points for each in effects), Decimal(0))
    saves = _("saves %(amount)s") % {"amount": names.money(amount)} if amount else ""
    earns = _("earns %(points)s points") % {"points": number(points)} if points else ""
    words = joined(filter(None, [saves, earns]), _(" and "))
    details = [f"{lines[each.line].name}: {applied_in_words(each, names)}" for each in effects]
    deal = deals.get(key, "")
    return Offer(names.offers.get(key, ""), kinds.offer_url(key), "check", words, deal, details)


class _Why:
    """Why offers did not apply, with the names of whom they are for. Two queries."""

    def __init__(self, priced: Priced, shown: list[Skipped], deals: Mapping[Key, str]) -> None:
        self.priced, self.deals = priced, deals
        rules = [self._rule(each) for each in shown if each.reason is Reason.NOT_FOR_YOU]
        audiences = {number for rule in rules for number in rule.audiences}
        groups = {number for rule in rules for number in rule.groups}
        self.audiences = dict(Audience.objects.filter(pk__in=audiences).values_list("pk", "name"))
        self.groups = dict(CustomerGroup.objects.filter(pk__in=groups).values_list("pk", "title"))

    def _rule(self, skipped: Skipped) -> Rule:
        return self.priced.rules[skipped.origin, skipped.id]

    def draw(self, skipped: Skipped) -> Offer:
        key, names = (skipped.origin, skipped.id), self.priced.names
        words = self._of_whom(skipped) or in_words(skipped, names)
        sign, deal = SIGNS[skipped.reason], self.deals.get(key, "")
        return Offer(names.offers.get(key, ""), kinds.offer_url(key), sign, words, deal)

    def _of_whom(self, skipped: Skipped) -> str:
        """Of an offer for others, or from a list that this customer doesn't have; else empty."""
        if skipped.reason is Reason.NOT_FOR_YOU:
            return self._for_whom(self._rule(skipped))
        promotion = skipped.figures.get("promotion")
        if promotion is None or promotion in self.priced.shopper.picks:
            return ""
        name = {"promotion": self.priced.names.promotion(promotion)}
        if self.priced.customer_id is None:
            return _("From each customer’s own list of %(promotion)s; who buys is unknown.") % name
        return _("This customer has no list of %(promotion)s.") % name

    def _for_whom(self, rule: Rule) -> str:
        """Only told to who may see groups and audiences."""
        named = [self.audiences.get(number, "") for number in sorted(rule.audiences)]
        named += [self.groups.get(number, "") for number in sorted(rule.groups)]
        if not any(named):
            return _("For customers only; nobody knows who is buying here.")
        whom = joined(map(quoted, filter(None, named)), _(" or "))
        if self.priced.customer_id is None:
            return _("A treat for %(whom)s; nobody knows who is buying here.") % {"whom": whom}
        return _("A treat for %(whom)s, and this customer is not among them.") % {"whom": whom}
