"""What personal offers are about, as far as it is still there: by id, with what is shown of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

from customers.planned import fetch_all
from loyalty.personal.mine import Mine
from promotions.engine import Goods, Rule
from promotions.models import Category, PointOfSale, Product, ProductGroup

KINDS = PRODUCTS, CATEGORIES, GROUPS, PLACES = range(4)
SHOWN: Sequence[tuple[type[Model], Sequence[str]]] = (
    (Product, ("id", "external_id", "name", "picture", "thumbnail")),
    (Category, ("id", "external_id", "name")),
    (ProductGroup, ("id", "name")),
    (PointOfSale, ("id", "key", "name")),
)
"""By kind."""
# In one statement: the way to the database takes longer than it.
QUESTION = f"""
    SELECT {PRODUCTS}, id, external_id, name, picture, thumbnail
    FROM promotions_product WHERE id = ANY(%s::int[])
    UNION ALL SELECT {CATEGORIES}, id, external_id, name, NULL, NULL
    FROM promotions_category WHERE id = ANY(%s::int[])
    UNION ALL SELECT {GROUPS}, id, name, NULL, NULL, NULL
    FROM promotions_productgroup WHERE id = ANY(%s::int[])
    UNION ALL SELECT {PLACES}, id, key, name, NULL, NULL
    FROM promotions_pointofsale WHERE id = ANY(%s::int[])
"""


@dataclass(frozen=True)
class Names:
    """By id."""

    products: Mapping[int, Product]
    categories: Mapping[int, Category]
    groups: Mapping[int, ProductGroup]
    points_of_sale: Mapping[int, PointOfSale]


def names_of(found: Iterable[Mine]) -> Names:
    """One query, however many they are; none if they name nothing."""
    ids: list[set[int]] = [set() for _ in KINDS]
    for mine in found:
        ids[PLACES] |= mine.named.points_of_sale
        for piece in mine.pieces:
            goods = goods_of(piece.rule)
            ids[PRODUCTS] |= goods.products
            ids[CATEGORIES] |= goods.categories
            ids[GROUPS] |= goods.groups
    rows = fetch_all(QUESTION, [list(each) for each in ids]) if any(ids) else []
    return Names(*[_made(kind, rows) for kind in KINDS])


def goods_of(rule: Rule) -> Goods:
    """What the rule is about; of one on the receipt, what has to be bought."""
    asked = [each.goods for each in rule.conditions if hasattr(each, "goods")]
    return asked[0] if rule.goods.everything and asked else rule.goods


def _made(kind: int, rows: Iterable[tuple[Any, ...]]) -> Any:
    model, fields = SHOWN[kind]
    return {
        row[1]: model.from_db(DEFAULT_DB_ALIAS, fields, row[1 : len(fields) + 1])
        for row in rows
        if row[0] == kind
    }
