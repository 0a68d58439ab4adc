"""The products of a basket as the page shows them, found by what was typed."""

from collections.abc import Iterable

from promotions.models import Product

MOST_SUGGESTED = 5
MOST_SEARCHED = 3
"""So many texts that are no ID or barcode are looked for by name."""


def by_name(texts: Iterable[str]) -> dict[str, list[Product]]:
    """Products whose names match, for a few of the texts; a query for each."""
    asked = [text for text in dict.fromkeys(texts) if text and "\0" not in text]
    return {
        text: list(Product.objects.search(text)[:MOST_SUGGESTED]) for text in asked[:MOST_SEARCHED]
    }


def picture_of(product: Product | None) -> str:
    """The address of its thumbnail; empty without one."""
    return product.thumbnail.url if product and product.thumbnail else ""
