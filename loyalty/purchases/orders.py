"""What a till asks to be bought: who, what and where; what it costs, and when it is the same."""

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from loyalty.ledger import balance_of
from loyalty.models.purchases import LONGEST_RECEIPT
from loyalty.purchases.refusals import Refusal
from promotions.pricing.asked import AskedBasket, BasketError, check
from promotions.pricing.quoting import Priced, price_basket
from promotions.pricing.shoppers import look_up

APART = dt.timedelta(minutes=5)
"""So far the clocks of tills may be ahead of ours, and from each other."""
# What clients make of these in an address would be another address.
UNADDRESSABLE = re.compile(r"\.{1,2}|calculate|.*/(cancel|returns)")


@dataclass(frozen=True)
class Order:
    basket: AskedBasket
    identity: tuple[str, Any] = ("id", None)
    """By what the customer is looked up, and its value; None: somebody unknown."""
    at: dt.datetime | None = None
    """When it was bought, if the till says so: with a receipt that is sent later."""

    def digest(self, **more: Any) -> bytes:
        """SHA-256 of all that was asked, the same however its numbers and moments are written.

        A moment that was left out is the same at any time; lines in another order are another
        order, since receipts are printed in theirs.
        """
        basket = self.basket
        lines = [
            (line.id, line.product, plain(line.quantity), plain(line.unit_price))
            for line in basket.lines
        ]
        return digest(
            point_of_sale=basket.point_of_sale,
            customer=self.identity,
            at=moment(self.at),
            points_to_spend=plain(basket.points_to_spend),
            lines=lines,
            **more,
        )


def digest(**content: Any) -> bytes:
    """SHA-256 of the content in one way to write it."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).digest()


def moment(at: dt.datetime | None) -> str | None:
    return None if at is None else at.astimezone(dt.UTC).isoformat()


def plain(number: Decimal) -> str:
    return format((number + 0).normalize(), "f")


def check_name(name: str, code: str) -> None:
    """Of a receipt or of a return. Raises Refusal unless it can be told apart and asked for."""
    if not (
        0 < len(name) <= LONGEST_RECEIPT and name.isprintable() and name == name.strip()
    ) or UNADDRESSABLE.fullmatch(name):
        raise Refusal(
            code,
            f"Name it with 1 to {LONGEST_RECEIPT} visible characters, without spaces around them;"
            " not “.”, “..” or “calculate”, and without “/cancel” or “/returns” in the end.",
        )


def check_past(at: dt.datetime | None, now: dt.datetime) -> None:
    """Raises Refusal of what has not happened yet."""
    if at is not None and at > now + APART:
        raise Refusal("moment_ahead", "at: that is still to come. Is the till's clock right?")


def taken_back_at(
    said: dt.datetime | None, *, bought_at: dt.datetime, at: dt.datetime
) -> dt.datetime:
    """When a return or cancellation was, as the till says or else now. Raises Refusal.

    Not before its purchase, and at that moment where the till's clock is a little behind. Of a
    purchase that was sent late that is when it was bought, and not when it arrived, unless the till
    left it out.
    """
    if said is None:
        # The clock of the till that sold it may be ahead of ours.
        return max(at, bought_at)
    if said < bought_at - APART:
        raise Refusal(
            "moment_before",
            f"at: it was bought after that, {moment(bought_at)}. Say when it came back, or leave"
            " it out for now.",
        )
    return max(said, bought_at)


def price(order: Order, *, at: dt.datetime, now: dt.datetime) -> Priced:
    """What it costs `at`, with the points that there are now. One query, two with points.

    Raises BasketError.
    """
    check(order.basket)
    kind, value = order.identity
    book, known = look_up(kind, value, at, order.basket.codes)
    if value is not None and known.customer_id is None:
        raise BasketError("unknown_customer", "There is no such customer.")
    if order.basket.points_to_spend:
        _check_points(order.basket.points_to_spend, known.customer_id, now)
    return price_basket(order.basket, book, known, at)


def _check_points(wanted: Decimal, customer_id: int | None, now: dt.datetime) -> None:
    if customer_id is None:
        raise BasketError("points_of_nobody", "Say whose points are to be spent.")
    balance = balance_of(customer_id, at=now)
    if balance < wanted:
        raise BasketError("points_balance", f"The balance is {balance}: spend that at most.")
