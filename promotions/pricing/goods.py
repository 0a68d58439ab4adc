"""What is sold, found by the codes that tills send."""

from collections.abc import Sequence
from typing import Any

from promotions.engine import Product
from promotions.pricing.book import Book

# A product's own number goes before barcodes, should another product have it as one. One value is
# read faster than twenty rows. The inner SELECT keeps the planner from counting the codes: for a
# few, it would believe that planning each time pays.
PRODUCTS = """(
    SELECT json_agg(json_build_array(asked.code, product.id, product.category_id, ARRAY(
        SELECT group_id FROM promotions_productgroupmember WHERE product_id = product.id)))
    FROM (
        SELECT code, coalesce(
            (SELECT id FROM promotions_product WHERE external_id = code),
            (SELECT product_id FROM promotions_barcode AS barcode WHERE barcode.code = asked.code)
        ) AS id FROM unnest((SELECT %s::varchar[])) AS asked (code)
    ) AS asked JOIN promotions_product AS product ON product.id = asked.id
)"""
"""SQL of a value: what is found of the codes, by external ID or barcode; null if nothing is."""
Found = Sequence[Sequence[Any]]
"""Of each: code, product, its category or None, its groups."""


def products_of(found: Found, book: Book) -> dict[str, Product]:
    """Products by code; codes that no product has are left out. No query."""
    return {
        code: Product(number, book.ancestors.get(category, ()), tuple(groups))
        for code, number, category, groups in found
    }
