"""Rows of items of some customers: held, read and written a few at a time."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from loyalty.personal.items import Item, parse, read, write

Key = tuple[int, int]
"""Customer and offer."""


@dataclass(frozen=True)
class Row:
    """What a customer has of an offer; None is as the offer says."""

    items: list[Item]
    needs_acceptance: bool | None
    channels: list[str] | None


def said(row: Row | None) -> tuple[str, bool | None, list[str] | None] | None:
    """What two rows that mean the same have in common."""
    return (write(row.items), row.needs_acceptance, row.channels) if row else None


def hold(keys: Collection[Key]) -> dict[Key, Row]:
    """What is stored of them, which nobody else changes until the transaction ends. Two queries."""
    customers, offers = _columns(keys)
    with connection.cursor() as cursor:
        cursor.execute(HOLD_CUSTOMERS, [sorted(customers)])
        cursor.execute(HOLD_ROWS, [customers, offers])
        return {
            (customer, offer): Row(read(parse(items)), needs, channels)
            for customer, offer, items, needs, channels in cursor.fetchall()
        }


def store(rows: dict[Key, Row | None]) -> None:
    """Four queries."""
    kept = sorted((key, row) for key, row in rows.items() if row)
    gone = sorted(key for key, row in rows.items() if not row)
    written = [
        (*key, write(row.items), row.needs_acceptance, _array(row.channels)) for key, row in kept
    ]
    with connection.cursor() as cursor:
        if written:
            cursor.execute(STORE, [list(column) for column in zip(*written, strict=True)])
        cursor.execute(REMOVE, _columns(gone))
        cursor.execute(DROP_ANSWERS, _columns(sorted(rows)))


def _array(channels: list[str] | None) -> str | None:
    return None if channels is None else "{" + ",".join(channels) + "}"


def _columns(keys: Collection[Key]) -> tuple[list[int], list[int]]:
    return [customer for customer, _ in keys], [offer for _, offer in keys]


# Two who merge into what a customer doesn't have yet find no row to wait for.
HOLD_CUSTOMERS = "SELECT FROM customers_customer WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
GIVEN = "unnest(%s::int[], %s::int[]) AS given (customer_id, offer_id)"
HOLD_ROWS = (
    "SELECT customer_id, offer_id, items::text, needs_acceptance, channels"
    f" FROM loyalty_offeritems JOIN {GIVEN} USING (customer_id, offer_id)"
    " ORDER BY 1, 2 FOR UPDATE OF loyalty_offeritems"
)
STORE = """
    INSERT INTO loyalty_offeritems (customer_id, offer_id, items, needs_acceptance, channels)
    SELECT customer_id, offer_id, items, needs_acceptance, channels::varchar[]
    FROM unnest(%s::int[], %s::int[], %s::jsonb[], %s::boolean[], %s::text[])
        AS given (customer_id, offer_id, items, needs_acceptance, channels)
    ON CONFLICT (customer_id, offer_id) DO UPDATE SET items = EXCLUDED.items,
        needs_acceptance = EXCLUDED.needs_acceptance, channels = EXCLUDED.channels,
        written_by = NULL
"""
REMOVE = (
    f"DELETE FROM loyalty_offeritems AS stored USING {GIVEN}"
    " WHERE stored.customer_id = given.customer_id AND stored.offer_id = given.offer_id"
)
DROP_ANSWERS = f"""
    DELETE FROM loyalty_offeranswer AS answer USING {GIVEN} LEFT JOIN loyalty_offeritems AS stored
        USING (customer_id, offer_id)
    WHERE answer.customer_id = given.customer_id AND answer.offer_id = given.offer_id
    AND (stored.items IS NULL OR answer.item <> 0 AND NOT EXISTS (
        SELECT FROM jsonb_array_elements(stored.items) AS listed (item)
        WHERE listed.item ->> 0 = answer.item::text))
"""
