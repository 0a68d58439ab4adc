"""Rules, once for all baskets: checked, put in order, and found by what they are about."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from promotions.engine.foregone import Foregone
from promotions.engine.offers import Key, Offer, keys_of
from promotions.engine.rules import Products, Programme, Rule
from promotions.engine.shelves import Shelf, Stock
from promotions.engine.validity import Fault, faults

STOCKS_KEPT = 256
"""Points of sale times days that are asked for at about the same time."""


class RuleError(ValueError):
    """A rule that has faults, or the name of another; says which."""

    def __init__(self, rule: Rule, found: tuple[Fault, ...]) -> None:
        what = ", ".join(fault.value for fault in found) or "another rule has its origin and id"
        super().__init__(f"{rule.origin} {rule.id}: {what}")
        self.rule = rule
        self.faults = found


class RuleBook:
    """Compiled rules; may be shared by threads, since only its memory of places ever changes."""

    __slots__ = ("_alone", "_foregone", "_offers", "_stocks", "personal", "programme", "rules")

    def __init__(self, rules: tuple[Rule, ...], programme: Programme) -> None:
        self.rules = rules
        self.programme = programme
        self.personal = _personal(rules)
        self._offers: dict[int, tuple[Offer, ...]] = {}
        self._stocks: dict[object, Stock] = {}
        self._foregone: dict[object, Foregone] = {}
        self._alone: dict[Offer, Shelf] = {}

    def offers(self, digits: int) -> tuple[Offer, ...]:
        """In order, with values in cents of a currency with so many decimals."""
        found = self._offers.get(digits)
        if found is None:
            found = tuple(Offer(rule, rank, digits) for rank, rule in enumerate(self.rules))
            self._offers[digits] = found
        return found

    def stock(self, point_of_sale: int, currency: str, digits: int, at: dt.datetime) -> Stock:
        """All that may hold there at some time of that day; their moments are still to be asked."""
        key = (point_of_sale, currency, digits, at.date(), at.utcoffset())
        found = self._stocks.get(key)
        if found is None:
            found = Stock(self._stocked(point_of_sale, currency, digits, at))
            if len(self._stocks) >= STOCKS_KEPT:
                self._stocks.clear()
            self._stocks[key] = found
        return found

    def alone(self, offer: Offer) -> Shelf:
        """A shelf with nothing else on it."""
        found = self._alone.get(offer)
        if found is None:
            found = self._alone[offer] = Shelf((offer,))
        return found

    def foregone(self, point_of_sale: int, currency: str, digits: int, at: dt.datetime) -> Foregone:
        """What can be said there on that day before a basket is seen."""
        key = (point_of_sale, currency, digits, at.date(), at.utcoffset())
        found = self._foregone.get(key)
        if found is None:
            found = Foregone(self.offers(digits), point_of_sale, currency, *_day(at))
            if len(self._foregone) >= STOCKS_KEPT:
                self._foregone.clear()
            self._foregone[key] = found
        return found

    def _stocked(
        self, point_of_sale: int, currency: str, digits: int, at: dt.datetime
    ) -> Iterable[Offer]:
        begin, end = _day(at)
        for offer in self.offers(digits):
            rule = offer.rule
            is_here = not rule.points_of_sale or point_of_sale in rule.points_of_sale
            is_money = rule.currency is None or rule.currency == currency
            if is_here and is_money and rule.start < end and rule.end > begin:
                yield offer


def _day(at: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    # A day on which clocks change has up to 25 hours; an hour too many does no harm.
    return midnight - dt.timedelta(hours=2), midnight + dt.timedelta(hours=26)


def compile_rules(rules: Iterable[Rule], programme: Programme = Programme()) -> RuleBook:  # noqa: B008
    """Raises RuleError for the first rule that has faults, or the origin and id of another."""
    ordered = tuple(sorted(rules, key=lambda rule: rule.order))
    known = set()
    for rule in ordered:
        found = faults(rule)
        if found or rule.key in known:
            raise RuleError(rule, found)
        known.add(rule.key)
    return RuleBook(ordered, programme)


def _personal(rules: tuple[Rule, ...]) -> Mapping[int, tuple[Key, ...]]:
    named: dict[int, dict[Key, None]] = defaultdict(dict)
    for rule in rules:
        asked = [c.goods for c in rule.conditions if isinstance(c, Products)]
        for goods in (rule.goods, *(s.goods for s in rule.sets), *asked):
            if goods.promotion is not None:
                named[goods.promotion].update(dict.fromkeys(keys_of(goods)))
    return {promotion: tuple(keys) for promotion, keys in named.items()}
