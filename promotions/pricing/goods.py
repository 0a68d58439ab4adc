"""What is sold, found by the codes that tills send."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from promotions.engine import Product
from promotions.pricing.book import Book

# A product's own number goes before barcodes, should another product have it as one. The SELECT
# around the parameter keeps the planner from counting the codes: for a few, it would believe that
# planning each time pays.
PRODUCTS = """(
    SELECT array_agg(asked.code) AS codes, array_agg(coalesce(own.id, other.id)) AS ids,
        array_agg(coalesce(own.category_id, other.category_id)) AS categories
    FROM unnest((SELECT %s::varchar[])) AS asked (code)
    LEFT JOIN promotions_product AS own ON own.external_id = asked.code
    LEFT JOIN promotions_barcode AS barcode ON own.id IS NULL AND barcode.code = asked.code
    LEFT JOIN promotions_product AS other ON other.id = barcode.product_id
)"""
"""SQL of one row: codes, and the products that have them as external ID or barcode, or nulls."""
FOUND = """goods.codes, goods.ids, goods.categories, ARRAY(
        SELECT ARRAY[product_id, group_id] FROM promotions_productgroupmember
        WHERE product_id = ANY(goods.ids))"""
"""SQL of what `products_of` reads, of PRODUCTS AS goods. Arrays: rows take longer to send."""
WIDTH = 4
"""Columns of FOUND."""
Found = Sequence[Any]


def products_of(found: Found, book: Book) -> dict[str, Product]:
    """Products by code; codes that no product has are left out. No query."""
    codes, ids, categories, members = found
    groups: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for product, group in members:
        groups[product] += (group,)
    return {
        code: Product(number, book.ancestors.get(category, ()), groups[number])
        for code, number, category in zip(codes or (), ids or (), categories or (), strict=True)
        if number is not None
    }
