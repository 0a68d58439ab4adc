"""What is sold, found by the codes that tills send."""

from collections.abc import Iterable

from customers.planned import fetch_all
from promotions.engine import Product
from promotions.pricing.book import Book

# A product's own number goes before barcodes, should another product have it as one.
PRODUCTS = """
    SELECT asked.code, product.id, product.category_id, ARRAY(
        SELECT group_id FROM promotions_productgroupmember WHERE product_id = product.id)
    FROM (
        SELECT code, coalesce(
            (SELECT id FROM promotions_product WHERE external_id = code),
            (SELECT product_id FROM promotions_barcode AS barcode WHERE barcode.code = asked.code)
        ) AS id FROM unnest(%s::varchar[]) AS asked (code)
    ) AS asked JOIN promotions_product AS product ON product.id = asked.id
"""


def products_of(codes: Iterable[str], book: Book) -> dict[str, Product]:
    """Products by external ID or barcode; codes that none has are left out. One query."""
    return {
        code: Product(number, book.ancestors.get(category, ()), tuple(groups))
        for code, number, category, groups in fetch_all(PRODUCTS, [list(set(codes))])
    }
