"""Quotes that are held for ten minutes, so that customers pay what they were shown.

A held quote has claimed the uses of its offers, under the number that its purchase will have: a
confirmation finds them claimed, and if none comes, a periodic task gives them back.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from django.db import transaction

from loyalty.models import HeldQuote, Purchase
from loyalty.purchases import records, uses
from loyalty.purchases.drafts import Draft
from loyalty.purchases.orders import Order, check_past, price
from loyalty.purchases.refusals import Refusal
from promotions.models import EVERYBODY
from promotions.pricing.asked import check
from promotions.pricing.quoting import Priced

HELD = dt.timedelta(minutes=10)


class Held(NamedTuple):
    priced: Priced
    token: uuid.UUID
    until: dt.datetime


def hold(*, order: Order, at: dt.datetime, replaces: uuid.UUID | None = None) -> Held:
    """Price the order and keep the quote. Raises BasketError or Refusal, and keeps none.

    The quote that it `replaces`, if it is held still, is given back first, so that the new one may
    have what that took. Three queries, four more for each kind of offers that gave something, one
    for points to spend; to replace, two and three for each kind.
    """
    check_past(order.at, at)
    check(order.basket)
    if replaces:
        _replace(replaces)
    return uses.until_claimed(lambda: _hold(order, at))


def _hold(order: Order, now: dt.datetime) -> Held:
    at = order.at or now
    priced = price(order, at=at, now=now)
    draft = Draft.of(priced, order.basket, at)
    held = HeldQuote(
        customer_id=draft.purchase.customer_id,
        body_hash=order.digest(),
        quote=draft.as_json(),
        at=at,
        expires_at=now + HELD,
    )
    with transaction.atomic():
        records.hold_whose(draft)
        uses.claim(draft, held.token)
        held.save(force_insert=True)
    return Held(priced, held.token, held.expires_at)


def take(token: uuid.UUID, order: Order, at: dt.datetime) -> Draft:
    """What a held quote says, for the one purchase that it becomes in this transaction.

    Three queries. Raises Refusal if it can't be had for this order, BasketError if the customer is
    gone. Whoever gives back what has expired waits, or was quicker.
    """
    held = HeldQuote.objects.select_for_update().filter(token=token).first()
    if held is None and Purchase.objects.filter(public_id=token).exists():
        raise Refusal("quote_used", "Another receipt has this quote: ask for a new one.")
    if held is None or held.expires_at <= at:
        raise Refusal("quote_expired", "This quote is held no longer: ask for a new one.")
    if bytes(held.body_hash) != order.digest():
        raise Refusal("quote_mismatch", "The quote is of another basket: send the one it is of.")
    draft = Draft.from_json(held.quote)
    records.hold_whose(draft)
    held.delete()
    return draft


def give_back_expired(at: dt.datetime) -> int:
    """Take back what was held in vain, quote by quote; how many."""
    number = 0
    while _give_back_one(at):
        number += 1
    return number


@transaction.atomic
def _give_back_one(at: dt.datetime) -> bool:
    """Whether there was one that nobody confirms at this very moment."""
    expired = HeldQuote.objects.filter(expires_at__lte=at).order_by("expires_at")
    held = expired.select_for_update(skip_locked=True).first()
    if held is None:
        return False
    _give_back(held)
    return True


@transaction.atomic
def _replace(token: uuid.UUID) -> None:
    """Give back what a till asks anew about; of what is confirmed, or gone, nothing is held."""
    held = HeldQuote.objects.select_for_update().filter(token=token).first()
    if held is not None:
        _give_back(held)


def _give_back(held: HeldQuote) -> None:
    """One quote a transaction, as one purchase: counters are locked in the order of its offers."""
    uses.release(held.token, held.quote["purchase"]["effects"])
    held.delete()


def give_back_held(customers: Sequence[int]) -> int:
    """End what is held for people who are being erased, without saying whose; how many quotes.

    What they took is given back once the erasure is written, or by the periodic task: several in
    one transaction would lock counters in any order. A quote that is being confirmed at this
    moment is left: that confirmation waits for the customer, finds nobody, and the quote expires.
    """
    theirs = HeldQuote.objects.filter(customer_id__in=customers)
    quotes = list(theirs.select_for_update(skip_locked=True))
    for held in quotes:
        held.customer_id, held.body_hash = EVERYBODY, b""
        held.quote = {"purchase": {"effects": held.quote["purchase"]["effects"]}}
        held.expires_at -= HELD
    if quotes:
        HeldQuote.objects.bulk_update(quotes, ["customer_id", "body_hash", "quote", "expires_at"])
        ended = max(held.expires_at for held in quotes)
        transaction.on_commit(partial(give_back_expired, ended), robust=True)
    return len(quotes)
