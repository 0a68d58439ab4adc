"""What a shop owes to whom, in plain Python: purchases, what came back of them, and uses."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from loyalty.models import Programme
from loyalty.purchases.orders import Order

PARTS = ("payable", "discount", "points_earned", "points_spent")
Use = tuple[str, int, str, Decimal]
"""Kind and id of an offer, the line, and what it gave."""


@dataclass(eq=False)
class Person:
    number: int
    """In the plain ledger."""
    pk: int
    email: str
    is_erased: bool = False

    def __repr__(self) -> str:
        return f"person {self.number}"


def rounded(amount: Fraction, digits: int) -> Decimal:
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


@dataclass
class PlainLine:
    quantity: Decimal
    parts: dict[str, Decimal]
    back: Decimal = Decimal(0)

    def upto(self, amount: Decimal, digits: int) -> Decimal:
        """What came back of the amount so far."""
        share = Fraction(amount) * Fraction(self.back) / Fraction(self.quantity)
        return amount if self.back == self.quantity else min(rounded(share, digits), amount)


@dataclass(eq=False)
class PlainPurchase:
    receipt: str
    order: Order
    person: Person | None
    public_id: uuid.UUID
    quote: uuid.UUID | None
    digits: int
    lines: dict[str, PlainLine]
    uses: list[Use]
    returns: dict[str, dict[str, Decimal] | None] = field(default_factory=dict)
    """Their lines, by the till's key."""
    told: dict[str, Any] = field(default_factory=dict)
    is_cancelled: bool = False

    def __repr__(self) -> str:
        return self.receipt

    @property
    def left(self) -> Decimal:
        return sum((line.quantity - line.back for line in self.lines.values()), Decimal(0))

    @property
    def is_given_back(self) -> bool:
        return self.is_cancelled or not self.left

    def part(self, name: str) -> Decimal:
        return sum((line.parts[name] for line in self.lines.values()), Decimal(0))

    def back(self, name: str) -> Decimal:
        """How much of a sum came back so far."""
        digits = 2 if name == "points_earned" else self.digits
        digits = min(digits, 2) if name == "points_spent" else digits
        parts = (line.upto(line.parts[name], digits) for line in self.lines.values())
        return sum(parts, Decimal(0))


@dataclass(eq=False)
class PlainHold:
    token: uuid.UUID
    order: Order
    person: Person | None
    sums: dict[str, Decimal]
    uses: list[Use]
    until: dt.datetime
    is_over: bool = False
    """Confirmed, given back or erased."""

    def __repr__(self) -> str:
        return "held quote"


@dataclass
class Counted:
    """A use of an offer."""

    kind: str
    offer: int
    person: Person | None
    at: dt.datetime
    purchase: PlainPurchase | None
    hold: PlainHold | None

    @property
    def counts(self) -> bool:
        if self.purchase:
            return not self.purchase.is_given_back
        return bool(self.hold and not self.hold.is_over)


def given(uses: list[Use]) -> dict[tuple[str, int], Decimal]:
    """By offer."""
    found: dict[tuple[str, int], Decimal] = {}
    for kind, offer, _line, amount in uses:
        found[kind, offer] = found.get((kind, offer), Decimal(0)) + amount
    return found


def uses_of(effects: list[dict[str, Any]]) -> Iterator[Use]:
    for effect in effects:
        offer, amount = effect["offer"], effect.get("amount") or effect["points"]
        yield offer["kind"], offer["id"], effect["line"], Decimal(amount)


def lifetime(
    programme: Programme, bought_at: dt.datetime
) -> tuple[dt.datetime, dt.datetime | None]:
    """When points of a purchase open, and when they end."""
    opens = bought_at + dt.timedelta(days=programme.delay_days)
    days = programme.lifetime_days
    return opens, None if days is None else opens + dt.timedelta(days=days)
