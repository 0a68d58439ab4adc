"""The answer: what is to be paid, and the reason for each cent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any


class Reason(StrEnum):
    """Why a rule did not apply: the first of these, in this order, that is true of it."""

    NOT_YET = "not_yet"  # start
    OVER = "over"  # end
    NOT_HERE = "not_here"  # the point of sale is none of its own
    CURRENCY = "currency"  # currency: the rule's
    NOT_FOR_YOU = "not_for_you"  # neither in its groups nor in its audiences
    CONDITION = "condition"  # failed: [{"condition": …, figures}], see explaining.py
    LIMIT = "limit"  # limit: total, day, week, month or ever; allowed
    NO_PRODUCTS = "no_products"  # nothing of its goods is in the basket
    NO_CHOICE = "no_choice"  # promotion; the shopper has chosen nothing, and no default counts
    SET_INCOMPLETE = "set_incomplete"  # set: its place from 0; required; found
    BUDGET = "budget"  # left, needed: money
    NOTHING_TO_SAVE = "nothing_to_save"  # what it would take costs no more than it would cost then
    ALONE = "alone"  # offer: the one that stands alone (origin, id)
    OTHERS_SAVE_MORE = "others_save_more"  # saving, others: of a rule that stands alone
    OUTDONE = "outdone"  # offers: the ones that have the units (origin, id)


@dataclass(frozen=True, slots=True)
class Applied:
    """What one rule did to one line."""

    origin: str
    id: int
    line: str
    units: Decimal
    """Units that got it; of a weighed line its quantity, as on the receipt."""
    amount: Decimal = Decimal(0)
    points: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class PricedLine:
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
    explain: Callable[[], tuple[Skipped, ...]] = field(default=tuple, repr=False, compare=False)

    @cached_property
    def skipped(self) -> tuple[Skipped, ...]:
        """Every rule of the book that did not apply, with why; worked out when first asked for."""
        return self.explain()
