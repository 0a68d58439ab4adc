"""What is told of purchases and returns, whoever asks and however often: made of records."""

import datetime as dt
from decimal import Decimal
from typing import Any

from loyalty.models import Event, PurchaseLine
from loyalty.purchases.amounts import amounts, written
from loyalty.purchases.drafts import SUMS
from loyalty.purchases.orders import plain
from loyalty.purchases.records import NOT_TAKEN, PARTS, Record, Returned
from promotions.models.points_of_sale import digits


def of_purchase(record: Record) -> dict[str, Any]:
    purchase = record.purchase
    returned = {
        name: sum((getattr(each.row, name) for each in record.returns), Decimal(0))
        for name in PARTS
    }
    return {
        "id": str(purchase.public_id),
        "receipt": purchase.receipt,
        "customer": f"id:{purchase.customer_id}" if purchase.customer_id else None,
        "point_of_sale": purchase.point_of_sale.key,
        "at": _moment(purchase.at),
        "confirmed_at": _moment(purchase.confirmed_at),
        "cancelled_at": _moment(purchase.cancelled_at),
        "currency": purchase.currency,
        **amounts({name: getattr(purchase, name) for name in SUMS}, purchase.currency),
        "points_open_at": _moment(record.points_open_at),
        **amounts({name: getattr(record, name) for name in NOT_TAKEN}, purchase.currency),
        "returned": amounts(returned, purchase.currency),
        "lines": [_line(record, line) for line in record.lines],
        "effects": purchase.effects,
        "unknown_products": _unknown(record.lines),
        "returns": [of_return(each, record) for each in record.returns],
    }


def of_return(returned: Returned, record: Record) -> dict[str, Any]:
    row, ids = returned.row, {line.number: line.line for line in record.lines}
    currency = record.purchase.currency
    return {
        "id": row.key,
        "receipt": record.purchase.receipt,
        "at": _moment(row.at),
        "currency": currency,
        **amounts({name: getattr(row, name) for name in (*PARTS, *NOT_TAKEN)}, currency),
        "is_rest": row.is_rest,
        "lines": [
            {
                "id": ids[line.number],
                "quantity": plain(line.quantity),
                **amounts({name: getattr(line, name) for name in PARTS}, currency),
            }
            for line in returned.lines
        ],
    }


def of_events(events: list[Event], after: int) -> dict[str, Any]:
    return {
        "items": [
            {
                "cursor": str(event.id),
                "kind": event.kind,
                "at": _moment(event.at),
                **event.content,
            }
            for event in events
        ],
        "next": str(events[-1].id if events else after),
    }


def _line(record: Record, line: PurchaseLine) -> dict[str, Any]:
    return {
        "id": line.line,
        "product": line.code,
        "quantity": plain(line.quantity),
        "unit_price": _price(line.unit_price, record.purchase.currency),
        "returned": plain(record.step(line).before),
        **amounts({name: getattr(line, name) for name in SUMS}, record.purchase.currency),
    }


def _unknown(lines: list[PurchaseLine]) -> list[str]:
    return list(dict.fromkeys(line.code for line in lines if line.product_id is None))


def _moment(at: dt.datetime | None) -> str | None:
    return None if at is None else at.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def _price(price: Decimal, currency: str) -> str:
    """With more decimals than amounts, if it has them."""
    exponent = price.normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 prices are finite
    return written(price, max(digits(currency), -exponent))
