"""A receipt in words: what was paid, saved and earned, what each offer did, and what came back.

The account and the back-office draw it, each with a look of its own.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from loyalty.models import Purchase, PurchaseLine, Return
from loyalty.purchases.records import Record, Returned, returns_of
from promotions.engine import Applied
from promotions.pricing.explanations import applied_in_words
from promotions.pricing.wording import Names, number
from promotions.wording import money

NONE = Decimal(0)


@dataclass(frozen=True)
class Summary:
    """The sums of a purchase, each empty where there is nothing, and what its returns come to."""

    purchase: Purchase
    returned: Sequence[Return]

    @property
    def state(self) -> str:
        """cancelled, returned, partly_returned, or empty where nothing of it came back."""
        if self.purchase.cancelled_at:
            return "cancelled"
        if any(each.is_rest for each in self.returned):
            return "returned"
        return "partly_returned" if self.returned else ""

    @property
    def total(self) -> str:
        return self.money(self.purchase.total)

    @property
    def saved(self) -> str:
        return self.money(self.purchase.discount) if self.purchase.discount else ""

    @property
    def paid_with_points(self) -> str:
        return self.money(self.purchase.points_spent) if self.purchase.points_spent else ""

    @property
    def paid(self) -> str:
        return self.money(self.purchase.payable)

    @property
    def earned(self) -> str:
        return points_in_words(self.purchase.points_earned)

    @property
    def refunded(self) -> str:
        back = sum((each.payable for each in self.returned), NONE)
        return self.money(back) if back else ""

    def money(self, amount: Decimal) -> str:
        return money(amount, self.purchase.currency)


def summaries_of(purchases: Sequence[Purchase]) -> list[Summary]:
    """One query."""
    returned = returns_of(purchases)
    return [Summary(each, returned[each.id]) for each in purchases]


@dataclass(frozen=True)
class Effect:
    """What one offer did to one line, also in words."""

    offer: str
    applied: Applied
    words: str


@dataclass(frozen=True)
class Line:
    line: PurchaseLine
    currency: str
    effects: Sequence[Effect]
    returned: str
    """Units that came back; empty for none."""

    @property
    def name(self) -> str:
        return self.line.name or self.line.code

    @property
    def quantity(self) -> str:
        return number(self.line.quantity)

    @property
    def unit_price(self) -> str:
        return self.money(self.line.unit_price)

    @property
    def total(self) -> str:
        return self.money(self.line.total)

    @property
    def after(self) -> str:
        """What it comes to after discounts."""
        return self.money(self.line.total - self.line.discount)

    def money(self, amount: Decimal) -> str:
        return money(amount, self.currency)


@dataclass(frozen=True)
class CameBack:
    """A return."""

    row: Return
    goods: Sequence[tuple[str, str]]
    """How many of what."""
    refunded: str


@dataclass(frozen=True)
class Receipt:
    """All of one purchase, at a moment."""

    record: Record
    at: dt.datetime

    @property
    def purchase(self) -> Purchase:
        return self.record.purchase

    @cached_property
    def summary(self) -> Summary:
        return Summary(self.purchase, [each.row for each in self.record.returns])

    @cached_property
    def names(self) -> Names:
        place = self.purchase.point_of_sale
        return Names(self.purchase.currency, place.digits, place.zone)

    @property
    def pending_until(self) -> dt.datetime | None:
        """Until when points that it earned, and kept some of, can't be spent yet."""
        opens = self.record.points_open_at
        are_gone = self.summary.state in ("cancelled", "returned")
        return opens if opens and opens > self.at and not are_gone else None

    @property
    def lines(self) -> Sequence[Line]:
        effects = defaultdict(list)
        for each in self.effects:
            effects[each.applied.line].append(each)
        return [
            Line(line, self.purchase.currency, effects[line.line], self._returned(line))
            for line in self.record.lines
        ]

    @cached_property
    def effects(self) -> Sequence[Effect]:
        found = [(each["offer"]["name"], _applied(each)) for each in self.purchase.effects]
        return [Effect(name, each, applied_in_words(each, self.names)) for name, each in found]

    @property
    def returns(self) -> Sequence[CameBack]:
        return [self._came_back(each) for each in self.record.returns]

    def _came_back(self, returned: Returned) -> CameBack:
        names = {each.number: each.name or each.code for each in self.record.lines}
        goods = [(number(each.quantity), names[each.number]) for each in returned.lines]
        return CameBack(returned.row, goods, self.summary.money(returned.row.payable))

    def _returned(self, line: PurchaseLine) -> str:
        before = self.record.step(line).before
        return number(before) if before else ""


def points_in_words(points: Decimal) -> str:
    """Empty for none."""
    return number(points) if points else ""


def _applied(effect: dict[str, Any]) -> Applied:
    return Applied(
        effect["offer"]["kind"],
        effect["offer"]["id"],
        effect["line"],
        Decimal(effect["units"]),
        Decimal(effect.get("amount", 0)),
        Decimal(effect.get("points", 0)),
    )
