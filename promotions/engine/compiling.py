"""Rules, once for all baskets: checked, put in order, and found by what they are about."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from promotions.engine.foregone import Foregone
from promotions.engine.offers import GAP, OWN, Offer
from promotions.engine.rows import personal_of
from promotions.engine.rules import Programme, Rule
from promotions.engine.shelves import Shelf, Stock
from promotions.engine.validity import Fault, faults

STOCKS_KEPT = 256
"""Places and days that differ in their offers and are asked for at about the same time."""
NOWHERE = -1
"""A place that no rule names."""
BEFORE = dt.datetime.min.replace(tzinfo=dt.UTC)


class Setting(NamedTuple):
    """All by which what may hold at one place and day can differ from another's.

    Most shops of a chain and most days are alike in it, and share what is made of it.
    """

    named: tuple[int, ...]
    """Places in the book of the rules that name the point of sale."""
    currency: str
    digits: int
    begin: dt.datetime
    """The last moment up to the day's first at which any rule begins or ends: since then nothing
    changed."""
    end: dt.datetime
    """The same of the day's last moment."""


class RuleError(ValueError):
    """A rule that has faults, or the name of another; says which."""

    def __init__(self, rule: Rule, found: tuple[Fault, ...]) -> None:
        what = ", ".join(fault.value for fault in found) or "another rule has its origin and id"
        super().__init__(f"{rule.origin} {rule.id}: {what}")
        self.rule = rule
        self.faults = found


class RuleBook:
    """Compiled rules; may be shared by threads, since only its memory of places ever changes."""

    __slots__ = (
        *("_alone", "_edges", "_foregone", "_named", "_offers", "_orders", "_spans", "_stocks"),
        *("_has_members", "personal", "programme", "rules"),
    )

    def __init__(self, rules: tuple[Rule, ...], programme: Programme) -> None:
        self.rules = rules
        self.programme = programme
        self.personal = personal_of(rules)
        self._has_members = any(rule.members for rule in rules)
        self._orders = [rule.order for rule in rules]
        self._named = _named(rules)
        self._edges = sorted({BEFORE, *(at for rule in rules for at in (rule.start, rule.end))})
        self._spans: dict[object, tuple[dt.datetime, dt.datetime]] = {}
        self._offers: dict[int, tuple[Offer, ...]] = {}
        self._stocks: dict[Setting, Stock] = {}
        self._foregone: dict[tuple[Setting, bool], Foregone] = {}
        self._alone: dict[Offer, Shelf] = {}

    def offers(self, digits: int) -> tuple[Offer, ...]:
        """In order, with values in cents of a currency with so many decimals."""
        found = self._offers.get(digits)
        if found is None:
            ranked = enumerate(self.rules)
            found = tuple(Offer(rule, (n + 1) * GAP, digits, n) for n, rule in ranked)
            self._offers[digits] = found
        return found

    def earlier(self, rule: Rule) -> int:
        """How many of its rules are earlier than one that is not in it."""
        return bisect_left(self._orders, rule.order)

    def stock(self, point_of_sale: int, currency: str, digits: int, at: dt.datetime) -> Stock:
        """All that may hold there at some time of that day; their moments are still to be asked."""
        return self._stock(self._setting(point_of_sale, currency, digits, at))

    def _stock(self, setting: Setting) -> Stock:
        found = self._stocks.get(setting)
        if found is None:
            base = None
            if setting.named:
                elsewhere = setting._replace(named=())
                base = self._stock(elsewhere)
                _keep(self._stocks, elsewhere, base)
            found = Stock(self._stocked(setting), base)
            _keep(self._stocks, setting, found)
        return found

    def alone(self, offer: Offer) -> Shelf:
        """A shelf with nothing else on it; kept, but for offers of a shopper's own."""
        if offer.place == OWN:
            return Shelf((offer,))
        found = self._alone.get(offer)
        if found is None:
            found = self._alone[offer] = Shelf((offer,))
        return found

    def foregone(
        self,
        point_of_sale: int,
        currency: str,
        digits: int,
        at: dt.datetime,
        is_known: bool = False,
    ) -> Foregone:
        """What can be said there on that day, to members or others, before a basket is seen."""
        setting = self._setting(point_of_sale, currency, digits, at)
        return self._say(setting, point_of_sale, is_known and self._has_members)

    def _say(self, setting: Setting, point_of_sale: int, is_known: bool) -> Foregone:
        found = self._foregone.get((setting, is_known))
        if found is None:
            base, offers = None, self.offers(setting.digits)
            if setting.named:
                elsewhere = setting._replace(named=())
                base = self._say(elsewhere, NOWHERE, is_known)
                _keep(self._foregone, (elsewhere, is_known), base)
                offers = tuple(offers[place] for place in setting.named)
            where = (point_of_sale, setting.currency, setting.begin, setting.end)
            found = Foregone(offers, *where, is_known, base)
            _keep(self._foregone, (setting, is_known), found)
        return found

    def _setting(self, point_of_sale: int, currency: str, digits: int, at: dt.datetime) -> Setting:
        day = (at.date(), at.utcoffset())
        span = self._spans.get(day)
        if span is None:
            span = self._span(*day)
            _keep(self._spans, day, span)
        return Setting(self._named.get(point_of_sale, ()), currency, digits, *span)

    def _span(self, day: dt.date, offset: dt.timedelta | None) -> tuple[dt.datetime, dt.datetime]:
        # Moments of one offset: on a day on which clocks change, two such days share its hours.
        zone = dt.timezone(offset or dt.timedelta())
        begin, end = (dt.datetime.combine(day, hour, zone) for hour in (dt.time.min, dt.time.max))
        edges = self._edges
        return edges[bisect_right(edges, begin) - 1], edges[bisect_right(edges, end) - 1]

    def _stocked(self, setting: Setting) -> Iterator[Offer]:
        """Of a place that is named what names it, else what names no place."""
        offers = self.offers(setting.digits)
        if setting.named:
            here = (offers[place] for place in setting.named)
        else:
            here = (offer for offer in offers if not offer.rule.points_of_sale)
        for offer in here:
            rule = offer.rule
            is_money = rule.currency is None or rule.currency == setting.currency
            if is_money and rule.start <= setting.end and rule.end > setting.begin:
                yield offer


def _keep(kept: dict[Any, Any], key: object, value: object) -> None:
    """Drops what was kept longest ago, when it is too much."""
    kept.pop(key, None)
    kept[key] = value
    # A copy, since other threads may be keeping something too.
    for oldest in list(kept)[: max(len(kept) - STOCKS_KEPT, 0)]:
        kept.pop(oldest, None)


def _named(rules: tuple[Rule, ...]) -> dict[int, tuple[int, ...]]:
    """Which rules name a point of sale, by it; one and the same tuple for equal ones."""
    found: dict[int, list[int]] = defaultdict(list)
    for number, rule in enumerate(rules):
        for place in rule.points_of_sale:
            found[place].append(number)
    known: dict[tuple[int, ...], tuple[int, ...]] = {}
    return {place: known.setdefault(tuple(each), tuple(each)) for place, each in found.items()}


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
