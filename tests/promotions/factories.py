"""Makers of what is sold and of what reduces its price; each field to be overridden."""

import itertools
from collections.abc import Iterable
from typing import Any

from promotions.models import Barcode, Category, PointOfSale, Product, ProductGroup

numbers = itertools.count(1)


def make_category(name: str = "", *, parent: Category | None = None, **fields: Any) -> Category:
    number = next(numbers)
    return Category.objects.create(
        **{
            "external_id": f"C{number}",
            "name": name or f"Category {number}",
            "parent": parent,
            **fields,
        }
    )


def make_product(name: str = "", *, barcodes: Iterable[str] = (), **fields: Any) -> Product:
    number = next(numbers)
    product = Product.objects.create(
        **{
            "external_id": f"SKU{number}",
            "name": name or f"Product {number}",
            "price": "10.00",
            **fields,
        }
    )
    Barcode.objects.bulk_create(Barcode(code=code, product=product) for code in barcodes)
    return product


def make_product_group(
    name: str = "", *, products: Iterable[Product] = (), **fields: Any
) -> ProductGroup:
    group = ProductGroup.objects.create(
        **{"name": name or f"Product group {next(numbers)}", **fields}
    )
    for product in products:
        group.members.create(product=product)
    return group


def make_point_of_sale(**fields: Any) -> PointOfSale:
    """A shop in retail that sells for euros, in UTC, unless told otherwise."""
    number = next(numbers)
    return PointOfSale.objects.create(**{"key": f"P{number}", "name": f"Shop P{number}", **fields})
