"""Confirming a purchase: all that it does, once, whoever asks how often (P1).

In whole: six queries for a purchase of somebody unknown without offers, one more for a customer,
four for each kind of offers that gave something, five for points earned and seven for points
spent; never more for more lines. Beside them are transactions and savepoints, one of each kind.
"""

import datetime as dt
import uuid
from typing import NamedTuple

from django.db import IntegrityError, transaction

from loyalty.models import Event, Purchase
from loyalty.purchases import holding, outbox, points, records, uses, writing
from loyalty.purchases.amounts import amounts
from loyalty.purchases.drafts import SUMS, Draft
from loyalty.purchases.orders import Order, check_name, check_past, price
from loyalty.purchases.records import Record
from loyalty.purchases.refusals import Refusal
from promotions.pricing.asked import BasketError, check


class Confirmed(NamedTuple):
    record: Record
    is_new: bool


def confirm(
    *, receipt: str, order: Order, at: dt.datetime, quote: uuid.UUID | None = None
) -> Confirmed:
    """Write what was bought, at the prices of when it was, or at those of a held quote.

    The same receipt with the same order is the same purchase. A limit that others reach between
    pricing and claiming has it priced anew. Raises BasketError or Refusal, and does nothing.
    """
    check_name(receipt, "receipt")
    check_past(order.at, at)
    check(order.basket)
    return uses.until_claimed(_Attempt(receipt, order, quote, at).make)


class _Attempt:
    def __init__(
        self, receipt: str, order: Order, quote: uuid.UUID | None, at: dt.datetime
    ) -> None:
        self.receipt, self.order, self.quote, self.at = receipt, order, quote, at
        self.digest = order.digest(quote=None if quote is None else str(quote))

    def make(self) -> Confirmed:
        if known := records.find(self.receipt):
            return self.again(known)
        try:
            # Before the transaction: inside one, what a process knows of prices is not kept.
            return self.unless_known(None if self.quote else self.priced())
        except (BasketError, IntegrityError):
            # Another confirmation of this receipt was quicker, and has spent the points, say; or an
            # import of receipts, which doesn't lock them one by one.
            if known := records.find(self.receipt):
                return self.again(known)
            raise

    @transaction.atomic
    def unless_known(self, draft: Draft | None) -> Confirmed:
        records.lock(self.receipt)
        if known := records.find(self.receipt):
            return self.again(known)
        return Confirmed(self.write(draft), True)

    def again(self, known: Purchase) -> Confirmed:
        if bytes(known.body_hash) != self.digest:
            raise Refusal(
                "receipt_used",
                "This receipt is there, and says something else: ask for it, and name yours"
                " differently only if it is another purchase.",
            )
        return Confirmed(records.read(known), False)

    def priced(self) -> Draft:
        at = self.order.at or self.at
        return Draft.of(price(self.order, at=at, now=self.at), self.order.basket, at)

    def write(self, draft: Draft | None) -> Record:
        if draft is None:
            assert self.quote  # noqa: S101 what was not priced now was priced then
            draft, public_id = holding.take(self.quote, self.order, self.at), self.quote
        else:
            public_id = uuid.uuid4()
            records.hold_whose(draft)
            uses.claim(draft, public_id)
        purchase = draft.purchase
        purchase.public_id, purchase.receipt = public_id, self.receipt
        purchase.body_hash, purchase.confirmed_at = self.digest, self.at
        writing.write(draft)
        record = Record(purchase, draft.lines, points_open_at=points.post(purchase, self.at))
        told = amounts({name: getattr(purchase, name) for name in SUMS}, purchase.currency)
        told["bought_at"] = purchase.at.isoformat()
        outbox.tell(Event.Kind.CONFIRMED, purchase, self.at, **told)
        return record
