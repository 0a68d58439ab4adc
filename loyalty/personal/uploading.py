"""Items that other systems send, one customer's or some hundreds': replaced or merged.

An entry is what one customer has of one offer. It is taken whole or refused whole; what one entry
can't have, the others still get. The number of queries doesn't grow with the entries.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from loyalty.personal.counting import note_new
from loyalty.personal.items import Item
from loyalty.personal.judging import Sent, Targets, distinct, read_item, refusal
from loyalty.personal.naming import Offers, customers_of, kind_of, name_of, offers_of, targets_of
from loyalty.personal.stored import Key, Row, hold, said, store


class Mode(StrEnum):
    REPLACE = "replace"
    MERGE = "merge"


class Result(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REMOVED = "removed"


@dataclass(frozen=True)
class Entry:
    """`customer` is a column of Customer and its value, `offer` the name of an offer or its id.

    What the items leave out the offer says; None of the rest is as the offer says, too (L22).
    """

    customer: tuple[str, Any]
    offer: str | int
    items: Sequence[Sent]
    needs_acceptance: bool | None = None
    channels: Sequence[str] | None = None


@dataclass(frozen=True)
class Refused:
    """Why an entry is not taken; `item` is the place of the item that is at fault, if one is."""

    code: str
    detail: str
    item: int | None = None


@transaction.atomic
def upload(entries: Sequence[Entry], *, mode: Mode) -> list[Result | Refused]:
    """What became of each entry, in their order. About fifteen queries, however many.

    To replace takes the place of what the customer had of the offer; nothing takes it away. To
    merge replaces the items of the same targets or thresholds and keeps the others. Of two
    entries for the same the second is refused.
    """
    customers, offers = customers_of(entries), offers_of(entries)
    keys = _keys(entries, customers, offers)
    stored = hold({key for key in keys if isinstance(key, tuple)})
    plan = _Plan(mode, offers, targets_of(entries, offers), stored)
    results = [
        key if isinstance(key, Refused) else plan.take(entry, key)
        for entry, key in zip(entries, keys, strict=True)
    ]
    store({key: row for key, row in plan.rows.items() if said(row) != said(stored.get(key))})
    note_new(key[1] for key, row in plan.rows.items() if row and key not in stored)
    return results


@dataclass
class _Plan:
    """What customers are to have."""

    mode: Mode
    offers: Offers
    targets: dict[str, Targets]
    stored: dict[Key, Row]
    rows: dict[Key, Row | None] = field(default_factory=dict)

    def take(self, entry: Entry, key: Key) -> Result | Refused:
        if key in self.rows:
            return _refused(refusal("repeated_entry"))
        offer, was = self.offers[name_of(entry)], self.stored.get(key)
        items: list[Item] = []
        for place, sent in enumerate(entry.items):
            try:
                items.append(read_item(sent, offer, self.targets[kind_of(offer)]))
            except ValidationError as error:
                return _refused(error, place)
        kept = was if self.mode is Mode.MERGE else None
        try:
            items = distinct(_merged(items, kept), offer)
        except ValidationError as error:
            at_fault = (error.params or {}).get("item")
            # Merged, it may be one that the customer had before.
            return _refused(error, items.index(at_fault) if at_fault in items else None)
        row = self.rows[key] = _row(entry, items, kept)
        return _result(row, was)


def _merged(items: list[Item], was: Row | None) -> list[Item]:
    if was is None:
        return items
    named = {item.target for item in items}
    others = [item for item in was.items if item.target not in named]
    return sorted([*others, *items], key=lambda item: item.target)


def _result(row: Row | None, was: Row | None) -> Result:
    if said(row) == said(was):
        return Result.UNCHANGED
    if was is None:
        return Result.CREATED
    return Result.UPDATED if row else Result.REMOVED


def _row(entry: Entry, items: list[Item], was: Row | None) -> Row | None:
    """With `was`, what the entry does not say for itself stays."""
    if not items:
        return None
    needs, channels = entry.needs_acceptance, entry.channels
    if was and needs is None:
        needs = was.needs_acceptance
    if was and channels is None:
        channels = was.channels
    return Row(items, needs, None if channels is None else list(channels))


def _refused(error: ValidationError, item: int | None = None) -> Refused:
    return Refused(str(error.code), str(error.message), item)


def _keys(
    entries: Sequence[Entry], customers: dict[tuple[str, Any], int], offers: Offers
) -> list[Key | Refused]:
    """Of each entry whom and what it is about, or why not."""
    keys: list[Key | Refused] = []
    for entry in entries:
        offer, customer = offers.get(name_of(entry)), customers.get(entry.customer)
        if offer is None:
            keys.append(_refused(refusal("unknown_offer")))
        elif not offer.has_items:
            keys.append(_refused(refusal("no_items")))
        elif customer is None:
            keys.append(_refused(refusal("unknown_customer")))
        else:
            keys.append((customer, offer.pk))
    return keys
