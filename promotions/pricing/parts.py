"""The parts of many discounts as plain rows, since a book has thousands of them to read at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

SETS = """
    SELECT discount_id, id, name, required, gets_discount, discounted, everything,
        personalized_promotion_id, default_product_id
    FROM promotions_productset WHERE discount_id = ANY(%s) ORDER BY position, id
"""
CONDITIONS = """
    SELECT discount_id, id, kind, minimum, maximum, quantity, everything, days, begin, "end"
    FROM promotions_condition WHERE discount_id = ANY(%s) ORDER BY position, id
"""
ITEMS = """
    SELECT discount_id, product_set_id, condition_id, product_id, category_id, product_group_id,
        point_of_sale_id, customer_group_id, audience_id
    FROM promotions_discountitem WHERE discount_id = ANY(%s)
"""


class SetRow(NamedTuple):
    id: int
    name: str
    required: int
    gets_discount: bool
    discounted: int
    everything: bool
    promotion: int | None
    default: int | None


class ConditionRow(NamedTuple):
    id: int
    kind: str
    minimum: Decimal | None
    maximum: Decimal | None
    quantity: int | None
    everything: bool
    days: list[int]
    begin: dt.time | None
    end: dt.time | None


class Named(NamedTuple):
    """What a discount names for itself, for a product set or for a condition."""

    products: frozenset[int]
    categories: frozenset[int]
    product_groups: frozenset[int]
    points_of_sale: frozenset[int]
    customer_groups: frozenset[int]
    audiences: frozenset[int]


NONE: frozenset[int] = frozenset()
NOTHING = Named(*[NONE] * 6)


class Parts:
    """All of these discounts, whatever may count of them. Three queries."""

    def __init__(self, discounts: Collection[int]) -> None:
        ids = list(discounts)
        self.sets: dict[int, list[SetRow]] = defaultdict(list)
        for discount, *row in _rows(SETS, ids):
            self.sets[discount].append(SetRow(*row))
        self.conditions: dict[int, list[ConditionRow]] = defaultdict(list)
        for discount, *row in _rows(CONDITIONS, ids):
            self.conditions[discount].append(ConditionRow(*row))
        self._named = _named(_rows(ITEMS, ids))

    def named(
        self, discount: int, *, product_set: int | None = None, condition: int | None = None
    ) -> Named:
        return self._named.get((discount, product_set, condition), NOTHING)


def _rows(statement: str, discounts: list[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [discounts])
        return cursor.fetchall()


def _named(rows: list[tuple[Any, ...]]) -> dict[tuple[int, int | None, int | None], Named]:
    found = defaultdict(list)
    for row in rows:
        found[row[:3]].append(row[3:])
    return {
        part: Named(*[_ids(column) for column in zip(*things, strict=True)])
        for part, things in found.items()
    }


def _ids(column: tuple[int | None, ...]) -> frozenset[int]:
    # Most parts name one kind of things only.
    return frozenset(filter(None, column)) if any(column) else NONE
