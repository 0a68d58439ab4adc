"""What a purchase does to its customer's points, and what taking it back does (P8, P15)."""

import datetime as dt
from decimal import Decimal
from typing import Any

from loyalty import purchase_points
from loyalty.batches import hold_customer
from loyalty.ledger import NotEnough
from loyalty.models import Purchase, programme
from loyalty.purchase_points import NotTaken
from loyalty.purchases.records import Record
from promotions.pricing.asked import BasketError


def post(purchase: Purchase, at: dt.datetime) -> dt.datetime | None:
    """Take what was spent, credit what was earned; when that opens, None if nothing was.

    Six queries for the one, five for the other. Raises BasketError.
    """
    whose = _whose(purchase, at)
    if purchase.points_spent:
        try:
            purchase_points.spend(points=purchase.points_spent, **whose)
        except NotEnough as error:
            raise BasketError("points_balance", f"{error} Spend that at most.") from error
    if not purchase.points_earned:
        return None
    rules = programme()
    opens_at = rules.opens_at(purchase.at)
    purchase_points.earn(
        points=purchase.points_earned,
        opens_at=opens_at,
        expires_at=rules.expires_at(opens_at),
        **whose,
    )
    return opens_at


def hold_whose(purchase: Purchase) -> bool:
    """Whether its points are somebody's still, who is not erased until the transaction ends.

    To be asked before uses are given back: an erasure holds the customer first. One query, none
    without points.
    """
    has_points = purchase.points_earned or purchase.points_spent
    return bool(has_points) and hold_customer(purchase.customer_id)


def take_back(
    record: Record, *, is_there: bool, earned: Decimal, spent: Decimal, at: dt.datetime
) -> NotTaken:
    """Give back what was spent and take what was earned; what could not be taken of that.

    `is_there` as hold_whose said, `record` as it was before. Eight and six queries at most. Who was
    erased has no points: none come back, all are missing.
    """
    purchase = record.purchase
    if not is_there:
        return NotTaken(missing=earned)
    whose = _whose(purchase, at)
    if spent:
        expires_at = programme().expires_at(at)
        purchase_points.give_back(points=spent, expires_at=expires_at, **whose)
    if not earned:
        return NotTaken()
    asked_before = sum((each.row.points_earned for each in record.returns), Decimal(0))
    left = purchase.points_earned - asked_before
    before = record.points_expired
    return purchase_points.take_back(points=earned, left=left, expired=before, **whose)


def _whose(purchase: Purchase, at: dt.datetime) -> dict[str, Any]:
    return {"customer_id": purchase.customer_id, "purchase_id": purchase.id, "at": at}
