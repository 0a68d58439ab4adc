"""One item that is sent, and a customer's items of one offer together: what can't be.

The same law in Python as matching.py and clashes.py state in SQL, for what other systems send a
few at a time; a test holds both equal.
"""

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.core.exceptions import ValidationError

from customers.identity import TRIMMED
from loyalty.models import PersonalOffer
from loyalty.personal import cells
from loyalty.personal.clashes import MOST_ITEMS
from loyalty.personal.items import EFFECTS, KINDS, Item
from loyalty.personal.reasons import REASONS
from promotions.engine import Effect, Kind

Targets = Mapping[str, int]
"""Ids by what an offer's items may be called."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An item as somebody wrote it; empty is as the offer says."""

    target: str = ""
    threshold: str = ""
    preference: str = ""
    method: str = ""
    value: str = ""
    start: str = ""
    end: str = ""


def refusal(code: str, item: Item | None = None) -> ValidationError:
    """`item` is the one at fault, where it takes others to see that it is."""
    params = {"item": item} if item else None
    return ValidationError(str(REASONS[code]), code=code, params=params)


def read_item(sent: Sent, offer: PersonalOffer, targets: Targets) -> Item:
    """Raises ValidationError for the first thing that is wrong with it by itself."""
    letter = _cleaned(sent.preference, cells.clean_preference)
    sign = _cleaned(sent.method, cells.clean_method)
    value = _cleaned(sent.value, cells.clean_value)
    threshold = _cleaned(sent.threshold, cells.clean_threshold)
    start = _cleaned(sent.start, cells.clean_start)
    end = _cleaned(sent.end, cells.clean_end)
    item = Item(
        _target(sent, threshold, offer, targets),
        EFFECTS[letter] if letter else None,
        KINDS[sign] if sign else None,
        None if value is None else Decimal(value),
        _moment(start, offer),
        _moment(end, offer),
    )
    for code in _faults(item, offer):
        raise refusal(code)
    return item


def _cleaned(text: str, rule: "cells.Rule") -> str | None:
    return rule(text) if text.strip(TRIMMED) else None


def _moment(local: str | None, offer: PersonalOffer) -> dt.datetime | None:
    if local is None:
        return None
    naive = dt.datetime.fromisoformat(local)
    # Where a clock says it twice or never the database means the standard time, the later moment.
    return max(naive.replace(tzinfo=offer.zone, fold=fold).astimezone(dt.UTC) for fold in (0, 1))


def _target(
    sent: Sent, threshold: str | None, offer: PersonalOffer, targets: Targets
) -> Decimal | int:
    name = sent.target.strip(TRIMMED)
    if offer.mechanic == PersonalOffer.Mechanic.RECEIPT_AMOUNT:
        if name:
            raise refusal("target_of_receipt")
        if threshold is None:
            raise refusal("no_threshold")
        return Decimal(threshold)
    if threshold is not None:
        raise refusal("threshold_of_goods")
    if name not in targets:
        raise refusal(f"unknown_{offer.mechanic}")
    return targets[name]


def _faults(item: Item, offer: PersonalOffer) -> Iterator[str]:
    value = offer.value if item.value is None else item.value
    if value is None:
        yield "no_value"
        return
    if (item.effect or Effect(offer.preference)) is Effect.DISCOUNT:
        kind = item.kind or Kind(offer.method)
        if kind is Kind.PERCENTAGE and value > 100:
            yield "percentage"
        if kind is Kind.AMOUNT and not offer.currency:
            yield "no_currency"
    if item.start and item.end and item.start >= item.end:
        yield "reversed"
    if (item.start or offer.start) >= offer.end or (item.end or offer.end) <= offer.start:
        yield "outside"


def distinct(items: Sequence[Item], offer: PersonalOffer) -> list[Item]:
    """The items without those said twice. Raises ValidationError if they clash."""
    found = list(dict.fromkeys(items))
    if len(found) > MOST_ITEMS:
        raise refusal("too_many")
    if offer.mechanic == PersonalOffer.Mechanic.RECEIPT_AMOUNT:
        _check_thresholds(found, offer)
    else:
        _check_times(found)
    return found


def _check_thresholds(items: Sequence[Item], offer: PersonalOffer) -> None:
    for before, item in pairwise(items):
        if item.target <= before.target:
            raise refusal("thresholds", item)
        if _terms(item) != _terms(before):
            raise refusal("threshold_terms", item)
        if _size(item, offer) < _size(before, offer):
            raise refusal("threshold_smaller", item)


def _size(item: Item, offer: PersonalOffer) -> Decimal | int:
    """Zero where neither says it, which is refused before."""
    return item.value if item.value is not None else offer.value or 0


def _terms(item: Item) -> tuple[object, ...]:
    return item.effect, item.kind, item.start, item.end


def _check_times(items: Sequence[Item]) -> None:
    ended: dict[Decimal | int, float] = {}
    for item in sorted(items, key=lambda each: (each.target, _seconds(each.start, -math.inf))):
        if _seconds(item.start, -math.inf) < ended.get(item.target, -math.inf):
            raise refusal("overlap", item)
        ended[item.target] = _seconds(item.end, math.inf)


def _seconds(moment: dt.datetime | None, otherwise: float) -> float:
    return moment.timestamp() if moment else otherwise
