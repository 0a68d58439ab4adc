"""Purchases and returns into the database: in sets, a statement each, however many lines."""

import datetime as dt
import json
from decimal import Decimal

from customers.planned import fetch_all
from loyalty.models import Purchase
from loyalty.posting import execute, fetch
from loyalty.purchases.drafts import SUMS, Draft
from loyalty.purchases.records import NOT_TAKEN, PARTS, Returned

OF_LINES = ("number", "line", "code", "product_id", "quantity", "unit_price", *SUMS)
TYPES = dict.fromkeys(OF_LINES, "numeric") | {
    "number": "int",
    "line": "varchar",
    "code": "varchar",
    "product_id": "int",
}


def write(draft: Draft) -> None:
    """The purchase with its lines; it gets its number. One query, however many lines."""
    purchase = draft.purchase
    values = {name: [getattr(line, name) for line in draft.lines] for name in OF_LINES}
    whole = {f"p_{name}": getattr(purchase, name) for name in OF_PURCHASE}
    effects = json.dumps(purchase.effects)
    ((purchase.id,),) = fetch_all(WRITE, {**whole, **values, "effects": effects})
    for line in draft.lines:
        line.purchase_id = purchase.id


OF_PURCHASE = (
    *("customer_id", "public_id", "receipt", "source", "body_hash", "point_of_sale_id"),
    *("currency", "at", "confirmed_at", *SUMS),
)
WRITE = f"""
    WITH purchase AS (
        INSERT INTO loyalty_purchase ({", ".join(OF_PURCHASE)}, effects)
        VALUES ({", ".join(f"%(p_{name})s" for name in OF_PURCHASE)}, %(effects)s::jsonb)
        RETURNING customer_id, id
    ), written AS (
        INSERT INTO loyalty_purchaseline
            (customer_id, purchase_id, {", ".join(OF_LINES)}, name)
        SELECT purchase.customer_id, purchase.id, {", ".join(f"line.{each}" for each in OF_LINES)},
            coalesce(product.name, '')
        FROM purchase CROSS JOIN unnest(
            {", ".join(f"%({name})s::{TYPES[name]}[]" for name in OF_LINES)}
        ) AS line ({", ".join(OF_LINES)})
        LEFT JOIN promotions_product AS product ON product.id = line.product_id
    )
    SELECT id FROM purchase
"""


def write_return(returned: Returned) -> None:
    """It gets its number. One query, however many lines."""
    row = returned.row
    values = {name: [getattr(line, name) for line in returned.lines] for name in OF_PARTS}
    ((row.id,),) = fetch(
        WRITE_RETURN, **{f"r_{name}": getattr(row, name) for name in OF_RETURN}, **values
    )


OF_RETURN = (
    *("customer_id", "purchase_id", "key", "body_hash", "at", *PARTS),
    *(*NOT_TAKEN, "is_rest"),
)
OF_PARTS = ("number", "quantity", *PARTS)
WRITE_RETURN = f"""
    WITH made AS (
        INSERT INTO loyalty_return ({", ".join(OF_RETURN)})
        VALUES ({", ".join(f"%(r_{name})s" for name in OF_RETURN)})
        RETURNING customer_id, id
    ), written AS (
        INSERT INTO loyalty_returnedline (customer_id, return_id, {", ".join(OF_PARTS)})
        SELECT made.customer_id, made.id, line.* FROM made CROSS JOIN unnest(
            %(number)s::int[], {", ".join(f"%({name})s::numeric[]" for name in OF_PARTS[1:])}
        ) AS line
    )
    SELECT id FROM made
"""


def mark_cancelled(purchase: Purchase, at: dt.datetime, missing: Decimal) -> None:
    """One query."""
    purchase.cancelled_at, purchase.points_missing = at, missing
    execute(
        "UPDATE loyalty_purchase SET cancelled_at = %(at)s, points_missing = %(missing)s"
        " WHERE customer_id = %(customer)s AND id = %(id)s",
        at=at,
        missing=missing,
        customer=purchase.customer_id,
        id=purchase.id,
    )
