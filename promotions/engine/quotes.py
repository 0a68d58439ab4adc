"""The answer: what is to be paid, and the reason for each cent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple


class Reason(StrEnum):
    """Why a rule did not apply: the first of these, in this order, that is true of it."""

    NOT_YET = "not_yet"  # start
    OVER = "over"  # end
    NOT_HERE = "not_here"  # the point of sale is none of its own
    CURRENCY = "currency"  # currency: the rule's
    NOT_FOR_YOU = "not_for_you"  # neither in its groups nor in its audiences
    NOT_ACCEPTED = "not_accepted"  # answer: pending or declined (L14)
    NO_CHOICE = "no_choice"  # promotion; the shopper has chosen nothing, and no default counts
    NO_PRODUCTS = "no_products"  # nothing of its goods is in the basket
    CONDITION = "condition"  # failed: [{"condition": …, figures}], see explaining.py
    LIMIT = "limit"  # limit: total, day, week, month or ever; allowed
    BELOW_THRESHOLD = "below_threshold"  # threshold: the lowest; found: after line discounts
    SET_INCOMPLETE = "set_incomplete"  # set: its place from 0; required; found
    BUDGET = "budget"  # left, needed: money
    NOTHING_TO_SAVE = "nothing_to_save"  # what it would take costs no more than it would cost then
    ALONE = "alone"  # offer: the one that stands alone (origin, id)
    OTHERS_SAVE_MORE = "others_save_more"  # saving, others: of a rule that stands alone
    OUTDONE = "outdone"  # offers: the ones that have the units (origin, id)


class Applied(NamedTuple):
    """What one offer did to one line, in money or in points: its items together.

    Quotes have many: a tuple is made fastest.
    """

    origin: str
    id: int
    line: str
    units: Decimal
    """Units that got it; of a weighed line its quantity, as on the receipt."""
    amount: Decimal = Decimal(0)
    points: Decimal = Decimal(0)


class PricedLine(NamedTuple):
    id: str
    total: Decimal
    """Before discounts."""
    discount: Decimal
    payable: Decimal
    """In money: total - discount - points_spent, at a point's worth."""
    points_earned: Decimal
    points_spent: Decimal


@dataclass(frozen=True, slots=True)
class Skipped:
    origin: str
    id: int
    reason: Reason
    figures: Mapping[str, Any] = field(default_factory=dict)
    """What each reason names above; money and points as Decimal, moments as datetime."""


@dataclass(frozen=True, slots=True)
class Explained:
    """Why each rule of the book did not apply, in two layers, both by the rules' places in it; and
    each offer of the shopper's own."""

    common: tuple[Skipped | None, ...] = ()
    """The same object for all who ask there that day: what holds for whoever buys other goods and
    is in no group or audience, with no list and no answer; not the same for members and others, if
    the book has rules for members."""
    own: Mapping[int, Skipped | None] = field(default_factory=dict)
    """What is said instead to this shopper, for this basket; None of a rule that applied. All rules
    for groups and audiences that the shopper is in, from lists that they have, and that they
    answered, are here."""
    personal: tuple[Skipped, ...] = ()
    """Of the shopper's own offers of which no item applied, in their order, each offer once: what
    is said of the item whose reason is the last in the order of `Reason`, of such the lowest."""

    def all(self) -> tuple[Skipped, ...]:
        merged = list(self.common)
        for place, skipped in self.own.items():
            merged[place] = skipped
        return tuple([skipped for skipped in merged if skipped is not None]) + self.personal


@dataclass(frozen=True)
class Quote:
    """Sums are those of the lines, in every column. Lines are in the basket's order."""

    total: Decimal
    discount: Decimal
    payable: Decimal
    points_earned: Decimal
    points_spent: Decimal
    lines: tuple[PricedLine, ...]
    effects: tuple[Applied, ...]
    """By stage, then by rule in their order, then line order."""
    is_exact: bool = True
    explain: Callable[[], Explained] = field(default=Explained, repr=False, compare=False)

    @cached_property
    def explained(self) -> Explained:
        """Worked out when first asked for."""
        return self.explain()

    @cached_property
    def skipped(self) -> tuple[Skipped, ...]:
        """Every rule of the book that did not apply, with why, in their order; then the shopper's
        own offers in theirs."""
        return self.explained.all()
