import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from customers.models import Customer
from customers.personal_data import holds
from loyalty.ledger import balance_of, history, pending_of
from loyalty.models import (
    OfferAnswer,
    OfferItems,
    OfferUse,
    PersonalOffer,
    Purchase,
    PurchaseLine,
    Return,
    ReturnedLine,
)
from loyalty.purchases.drafts import SUMS
from loyalty.purchases.records import NOT_TAKEN, PARTS


@holds("cashback")
def cashback(customer: Customer, at: dt.datetime) -> dict[str, Any]:
    """Three queries."""
    columns = ("at", "purpose", "amount", "comment", "receipt", "opens_at")
    entries = [
        dict(zip(columns, row, strict=True)) for row in history(customer.pk).values_list(*columns)
    ]
    pending = pending_of(customer.pk, at=at)
    return {
        "balance": balance_of(customer.pk, at=at),
        "pending": pending.amount if pending else 0,
        "entries": entries,
    }


@holds("personal_offers")
def personal_offers(customer: Customer, at: dt.datetime) -> dict[str, Any]:
    """Items as they are stored (loyalty/models/offer_items.py). Four queries."""
    items = OfferItems.objects.filter(customer_id=customer.pk).order_by("offer_id")
    answers = OfferAnswer.objects.filter(customer_id=customer.pk).order_by("offer_id", "item")
    uses = OfferUse.objects.filter(customer_id=customer.pk).order_by("at", "offer_id", "purchase")
    names = dict(PersonalOffer.objects.values_list("pk", "name"))
    columns = ("purchase", "at", "amount", "returned", "is_given_back")
    return {
        "items": [
            {"offer": names.get(offer), "items": own}
            for offer, own in items.values_list("offer_id", "items")
        ],
        "answers": [
            {"offer": names.get(each.offer_id), "product": each.item or None}
            | {"accepted": each.accepted, "at": each.at}
            for each in answers
        ],
        "uses": [
            {"offer": names.get(row.pop("offer_id"))} | row
            for row in uses.values("offer_id", *columns)
        ],
    }


@holds("purchases")
def purchases(customer: Customer, at: dt.datetime) -> list[dict[str, Any]]:
    """Four queries."""
    own = {"customer_id": customer.pk}
    columns = ("receipt", "at", "cancelled_at", "currency", *SUMS, "points_missing", "effects")
    of_lines = ("code", "name", "quantity", "unit_price", *SUMS)
    bought = Purchase.objects.filter(**own).order_by("at", "id")
    lines = _grouped(
        PurchaseLine.objects.filter(**own)
        .order_by("purchase_id", "number")
        .values("purchase_id", *of_lines)
    )
    returns = _returns(own)
    return [
        row | {"lines": lines[number], "returns": returns[number]}
        for row in bought.values("id", "point_of_sale__key", *columns)
        if (number := row.pop("id"))
    ]


def _returns(own: dict[str, int]) -> dict[Any, list[dict[str, Any]]]:
    """By purchase."""
    parts = ReturnedLine.objects.filter(**own).order_by("return_id", "number")
    lines = _grouped(parts.values("return_id", "number", "quantity", *PARTS))
    returns = Return.objects.filter(**own).order_by("purchase_id", "id")
    return _grouped(
        row | {"lines": lines[row.pop("id")]}
        for row in returns.values("purchase_id", "id", "key", "at", *PARTS, *NOT_TAKEN)
    )


def _grouped(rows: Iterable[dict[str, Any]]) -> dict[Any, list[dict[str, Any]]]:
    """By the first column, which is taken out of them."""
    groups: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row.pop(next(iter(row)))].append(row)
    return groups
