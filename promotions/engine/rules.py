"""Offers as the engine sees them."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from promotions.engine.baskets import NOTHING


class Effect(StrEnum):
    DISCOUNT = "discount"
    POINTS = "points"


class Kind(StrEnum):
    """Of points there are percentages and amounts only."""

    PERCENTAGE = "percentage"
    AMOUNT = "amount"
    FIXED_PRICE = "fixed_price"


class Scope(StrEnum):
    UNITS = "units"
    LINES = "lines"
    RECEIPT = "receipt"


class Stacking(StrEnum):
    COMBINES = "combines"
    ONE_PER_ITEM = "one_per_item"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Goods:
    """Products that are any of these: named, in a category or below it, in a product group.

    Of a personalized promotion: the shopper's choice from the list; then nothing else is named.
    """

    everything: bool = False
    products: frozenset[int] = NOTHING
    categories: frozenset[int] = NOTHING
    groups: frozenset[int] = NOTHING
    promotion: int | None = None
    default: int | None = None
    """The product that counts as chosen when nothing was, if it is on the shopper's list."""


EVERYTHING = Goods(everything=True)


@dataclass(frozen=True, slots=True)
class ProductSet:
    """One application takes at least `required` units, of which up to `discounted` are targets."""

    goods: Goods
    required: int = 1
    discounted: int = 0


@dataclass(frozen=True, slots=True)
class OrderAmount:
    """The basket's amount before any discount: minimum <= amount <= maximum."""

    minimum: Decimal
    maximum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Products:
    """At least so many units of the goods in the basket."""

    goods: Goods
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Times:
    """Days of the week (Monday is 0; none: every day) and hours `begin <= time < end`.

    Without an hour, from or to midnight; `end` at or before `begin` is on the next day.
    """

    days: frozenset[int] = NOTHING
    begin: dt.time | None = None
    end: dt.time | None = None


@dataclass(frozen=True, slots=True)
class PointsOfSale:
    ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class InGroups:
    """In any of these customer groups."""

    ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class InAudiences:
    """In any of these audiences."""

    ids: frozenset[int]


Condition = OrderAmount | Products | Times | PointsOfSale | InGroups | InAudiences


@dataclass(frozen=True, slots=True)
class Tier:
    """What a rule on the receipt gives from this amount after line discounts on (L20)."""

    threshold: Decimal
    """Reached when the amount is no less."""
    value: Decimal


@dataclass(frozen=True, slots=True)
class Rule:
    """An offer. `faults` (validity.py) says which combinations have no meaning."""

    id: int
    kind: Kind
    value: Decimal
    """Per cent, money or points."""
    start: dt.datetime
    end: dt.datetime
    origin: str = "discount"
    """The kind of offer; ids are unique within it."""
    effect: Effect = Effect.DISCOUNT
    scope: Scope = Scope.UNITS
    stacking: Stacking = Stacking.ONE_PER_ITEM
    priority: int = 100
    goods: Goods = EVERYTHING
    units: int | None = None
    """The most units of `goods` that get it on a receipt; None for all."""
    sets: tuple[ProductSet, ...] = ()
    """In place of `goods`; at least one of them with `discounted`."""
    uses: int | None = 1
    """Of product sets: most applications on a receipt; None without limit."""
    points_of_sale: frozenset[int] = NOTHING
    currency: str | None = None
    groups: frozenset[int] = NOTHING
    audiences: frozenset[int] = NOTHING
    conditions: tuple[Condition, ...] = ()
    any_condition: bool = False
    """One of the conditions is enough."""
    members: bool = False
    """Only for shoppers who are known."""
    consent: bool = False
    """Only for shoppers who have accepted this item of it (L14)."""
    item: int = 0
    """Which one it is of the rules that are one offer together, and share its key."""
    tiers: tuple[Tier, ...] = ()
    """On the receipt, in place of `value`: lowest first; the highest that is reached counts."""

    @property
    def key(self) -> tuple[str, int]:
        return self.origin, self.id

    @property
    def order(self) -> tuple[int, int, str, int]:
        """Sorts the earlier of two rules first."""
        return self.priority, self.id, self.origin, self.item


@dataclass(frozen=True, slots=True)
class Programme:
    """What holds for all points (P15)."""

    whole_points: bool = False
    share: Decimal = Decimal(1)
    """The most of what is payable that may be paid with points, from 0 to 1."""
