"""What is bought, and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from promotions.engine.rules import Rule

NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Product:
    """What rules know a product by; all numbers are internal ids."""

    id: int
    categories: tuple[int, ...] = ()
    """Its own and all above it."""
    groups: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a basket. `product` is None for what the catalogue doesn't know."""

    id: str
    product: Product | None
    quantity: Decimal
    """Above zero."""
    unit_price: Decimal
    """Zero or above."""


@dataclass(frozen=True, slots=True)
class Basket:
    """Lines with different ids, and where they are bought."""

    lines: tuple[Line, ...]
    point_of_sale: int
    currency: str = "EUR"
    digits: int = 2
    """Decimals of the currency."""
    points_to_spend: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Picks:
    """A shopper's part in a personalized promotion."""

    chosen: frozenset[int] = NOTHING
    listed: frozenset[int] = NOTHING
    """Products on the shopper's list; those that are a default of a rule are enough."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of a rule's limits is left, for this shopper at this moment."""

    reached: str = ""
    """The limit that is used up, if one is: total, day, week, month or ever."""
    allowed: int = 0
    """The number of that limit."""
    budget: Decimal | None = None
    """Money that the rule may still give away; None without limit."""

    @property
    def is_used_up(self) -> bool:
        return bool(self.reached) or self.budget == 0


@dataclass(frozen=True, slots=True)
class Shopper:
    """Who buys, as far as rules can ask. By default somebody unknown (P6)."""

    audiences: frozenset[int] = NOTHING
    groups: frozenset[int] = NOTHING
    picks: Mapping[int, Picks] = field(default_factory=dict)
    """By personalized promotion."""
    standings: Mapping[tuple[str, int], Standing] = field(default_factory=dict)
    """By rule (`Rule.key`); a rule without limits has none."""
    is_known: bool = False
    """A member, whoever it is."""
    answers: Mapping[tuple[str, int, int], bool] = field(default_factory=dict)
    """By origin, id and item of a rule: accepted or declined; none while it is pending (L14)."""
    rules: tuple["Rule", ...] = ()
    """Their own, beside the book's; without `faults`. Items of one offer share their key, and no
    rule of the book has it."""
