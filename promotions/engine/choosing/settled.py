"""A line when it is known who takes what of it."""

from promotions.engine.choosing.contests import Contest
from promotions.engine.gains import Money
from promotions.engine.offers import Offer

Take = tuple[Contest, int, int]
"""A contest, its targets and its triggers on a line."""
Takes = tuple[Take, ...]
Share = tuple[Offer, int, int]
"""What an offer did to a line: its units and what it gave; nothing for triggers."""


class Settled:
    """A line when it is known who takes what.

    `cost` is what a search makes least; `free` what the units cost that no one-per-item rule has;
    `saved` what such rules give on the line.
    """

    __slots__ = ("cost", "free", "free_units", "plain", "saved", "shares")

    def __init__(
        self,
        cost: int,
        free: Money,
        free_units: int,
        saved: int,
        plain: Offer | None,
        shares: list[Share],
    ) -> None:
        self.cost = cost
        self.free = free
        self.free_units = free_units
        self.saved = saved
        self.plain = plain
        self.shares = shares
