"""What a purchase's effects mean for the limits of its offers (P14)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from loyalty.purchases.amounts import POINT_DIGITS
from loyalty.purchases.drafts import Draft
from loyalty.purchases.refusals import Refusal
from loyalty.purchases.shares import Step, share
from promotions.limits import Given, Limited, LimitReachedError
from promotions.models.points_of_sale import digits
from promotions.pricing.sources import limited_kinds

ATTEMPTS = 5
Result = TypeVar("Result")
Effects = Iterable[dict[str, Any]]
"""As purchases keep them, and the API tells them."""
Sums = defaultdict[str, defaultdict[int, Decimal]]
"""By kind and offer."""


def until_claimed(attempt: Callable[[], Result]) -> Result:
    """What comes of an attempt that prices anew and claims; raises Refusal if limits are always
    reached by others in between.
    """
    for _ in range(ATTEMPTS):
        try:
            return attempt()
        except LimitReachedError:
            continue
    raise Refusal("limit_reached", "Others reach its offers' limits all the time: send it again.")


def claim(draft: Draft, purchase: UUID) -> None:
    """Count what the offers gave. Four queries a kind of offers that gave something.

    Raises LimitReachedError.
    """
    given = _summed((effect, amount_of(effect)) for effect in draft.purchase.effects)
    for limited, amounts in _by_kind(given):
        limited.claim(
            purchase=str(purchase),
            customer_id=draft.purchase.customer_id or None,
            given=[Given(offer, amount) for offer, amount in amounts.items()],
            at=draft.purchase.at,
        )


def give_back_all(purchase: UUID, effects: Effects) -> None:
    """They count no more. Three queries a kind of offers that gave something."""
    for limited, _amounts in _by_kind(_summed((effect, amount_of(effect)) for effect in effects)):
        limited.give_back(purchase=str(purchase))


def release(purchase: UUID, effects: Effects) -> None:
    """It is not going to be bought. Three queries a kind of offers that gave something."""
    for limited, _amounts in _by_kind(_summed((effect, amount_of(effect)) for effect in effects)):
        limited.release(purchase=str(purchase))


def give_back_parts(
    purchase: UUID, effects: Effects, steps: Mapping[str, Step], currency: str
) -> None:
    """What came back, by line, counts no more in budgets; the uses go on counting.

    Three queries a kind of offers that gave something on those lines.
    """
    parts = _summed(
        (effect, part_of(effect, steps[effect["line"]], digits(currency)))
        for effect in effects
        if effect["line"] in steps
    )
    for limited, amounts in _by_kind(parts):
        if back := {offer: part for offer, part in amounts.items() if part}:
            limited.give_back(purchase=str(purchase), parts=back)


def amount_of(effect: dict[str, Any]) -> Decimal:
    """Money off, or points."""
    return Decimal(effect.get("amount") or effect["points"])


def part_of(effect: dict[str, Any], step: Step, money_digits: int) -> Decimal:
    return share(amount_of(effect), step, money_digits if "amount" in effect else POINT_DIGITS)


def _summed(parts: Iterable[tuple[dict[str, Any], Decimal]]) -> Sums:
    found: Sums = defaultdict(lambda: defaultdict(Decimal))
    for effect, amount in parts:
        found[effect["offer"]["kind"]][effect["offer"]["id"]] += amount
    return found


def _by_kind(sums: Sums) -> Iterator[tuple[Limited, Mapping[int, Decimal]]]:
    """Of the kinds that gave something, in the order of their locks."""
    return ((limited, sums[kind]) for kind, limited in limited_kinds().items() if kind in sums)
