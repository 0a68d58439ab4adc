"""The ledger on the back of an envelope: lots in lists, and plain arithmetic."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

NOTHING = Decimal(0)
CENT = Decimal("0.01")
NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(eq=False)
class PlainLot:
    left: Decimal
    expires_at: dt.datetime | None = None
    opens_at: dt.datetime | None = None
    purchase: int | None = None
    """That earned it."""
    is_undone: bool = False
    expired: Decimal = NOTHING
    """Of it, by the time it was looked at."""

    def __post_init__(self) -> None:
        self.amount = self.left

    @property
    def end(self) -> dt.datetime:
        return self.expires_at or NEVER

    def is_alive(self, at: dt.datetime) -> bool:
        return self.end > at

    def is_pending(self, at: dt.datetime) -> bool:
        return bool(self.opens_at and self.opens_at > at)

    def can_be_spent(self, at: dt.datetime) -> bool:
        return self.is_alive(at) and not self.is_pending(at)


Taken = list[tuple[PlainLot, Decimal]]


@dataclass
class Bought:
    """What is still of a purchase's points."""

    earned: Decimal = NOTHING
    """And not asked for yet."""
    expired: Decimal = NOTHING
    """Of what was asked for."""
    spent: Decimal = NOTHING
    spent_of: dict[PlainLot, Decimal] = field(default_factory=dict)


class Plain:
    def __init__(self, people: int) -> None:
        self.lots: list[list[PlainLot]] = [[] for _ in range(people)]
        self.batches: list[dict[int, tuple[PlainLot | None, Taken]]] = []
        self.bought: dict[int, Bought] = defaultdict(Bought)

    def there(self, who: int, which: Callable[[PlainLot], bool]) -> Decimal:
        return sum((lot.left for lot in self.lots[who] if which(lot)), NOTHING)

    def balance(self, who: int, at: dt.datetime) -> Decimal:
        return self.there(who, lambda lot: lot.can_be_spent(at))

    def give(self, who: int, lot: PlainLot) -> PlainLot:
        self.lots[who].append(lot)
        return lot

    def take(self, who: int, amount: Decimal, at: dt.datetime, own: int | None = None) -> Taken:
        """From which lots; those of the purchase `own` first, also while they are pending."""

        def is_own(lot: PlainLot) -> bool:
            return own is not None and lot.purchase == own and lot.is_alive(at)

        taken = []
        for lot in sorted(self.lots[who], key=lambda lot: (not is_own(lot), lot.end)):
            if is_own(lot) or lot.can_be_spent(at):
                part = min(lot.left, amount)
                lot.left -= part
                amount -= part
                taken += [(lot, part)] if part else []
        return taken

    def change(
        self, who: int, mode: str, amount: Decimal, expires_at: dt.datetime | None, at: dt.datetime
    ) -> tuple[PlainLot | None, Taken]:
        """What an undo needs: the lot that was made, or where it was taken from."""
        by = amount if mode == "relative" else amount - self.balance(who, at)
        if by > 0:
            return self.give(who, PlainLot(by, expires_at)), []
        return None, self.take(who, -by, at)

    def undo(self, number: int, at: dt.datetime) -> None:
        for made, taken in self.batches[number].values():
            if made:
                made.left, made.is_undone = NOTHING, True
            for lot, part in taken:
                lot.left += part if lot.is_alive(at) and not lot.is_undone else 0
        self.batches[number] = {}

    def spend(self, who: int, purchase: int, amount: Decimal, at: dt.datetime) -> None:
        bought = self.bought[purchase]
        bought.spent += amount
        for lot, part in self.take(who, amount, at):
            bought.spent_of[lot] = bought.spent_of.get(lot, NOTHING) + part

    def take_back(
        self, who: int, purchase: int, amount: Decimal, at: dt.datetime
    ) -> tuple[Decimal, Decimal]:
        """What had expired, which is taken from no other lot, and what is missing."""
        own = [lot for lot in self.lots[who] if lot.purchase == purchase]
        bought = self.bought[purchase]
        expired = sum((lot.expired + (0 if lot.is_alive(at) else lot.left) for lot in own), NOTHING)
        share = min(expired - bought.expired, bought.earned) * amount / bought.earned
        gone = share.quantize(CENT, ROUND_HALF_UP)
        taken = sum((part for _, part in self.take(who, amount - gone, at, purchase)), NOTHING)
        bought.earned -= amount
        bought.expired += gone
        return gone, amount - gone - taken

    def give_back(
        self,
        who: int,
        purchase: int,
        amount: Decimal,
        expires_at: dt.datetime | None,
        at: dt.datetime,
    ) -> None:
        bought = self.bought[purchase]
        bought.spent -= amount
        newest_first = sorted(bought.spent_of, key=self.lots[who].index, reverse=True)
        for lot in sorted(newest_first, key=lambda lot: lot.end, reverse=True):
            if lot.is_alive(at) and not lot.is_undone:
                part = min(amount, bought.spent_of[lot])
                bought.spent_of[lot] -= part
                lot.left += part
                amount -= part
        if amount:
            self.give(who, PlainLot(amount, expires_at))

    def expire(self, at: dt.datetime) -> None:
        for lot in (lot for lots in self.lots for lot in lots if not lot.is_alive(at)):
            lot.expired, lot.left = lot.expired + lot.left, NOTHING
