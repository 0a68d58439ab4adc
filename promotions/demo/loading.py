"""The demo's catalogue, written into the database."""

import tomllib
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from promotions.catalogue.pictures import put_picture
from promotions.demo.motifs import draw
from promotions.models import (
    Barcode,
    Category,
    PointOfSale,
    Product,
    ProductGroup,
    ProductGroupMember,
)
from promotions.pictures import Prepared, webp

Entry = dict[str, Any]

SIZE = (320, 240)
# Numbers that begin with a 2 are for use within a shop: no product of the world has them.
IN_SHOP = 200_000_000_000


def load_catalogue() -> None:
    """Categories, products, product groups and points of sale; no altshop yet sells at one."""
    entries = tomllib.loads(Path(__file__).with_name("catalogue.toml").read_text("utf-8"))
    categories = _load_categories(entries["category"])
    products = _load_products(entries["category"], categories)
    for group in entries["group"]:
        _load_group(group, categories, products)
    PointOfSale.objects.bulk_create(PointOfSale(**entry) for entry in entries["point_of_sale"])


def _load_categories(entries: list[Entry]) -> dict[str, Category]:
    """A parent comes before what is below it."""
    found: dict[str, Category] = {}
    for entry in entries:
        found[entry["id"]] = Category.objects.create(
            external_id=entry["id"], name=entry["name"], parent=found.get(entry.get("parent", ""))
        )
    return found


def _load_products(entries: list[Entry], categories: dict[str, Category]) -> dict[str, Product]:
    found: dict[str, Product] = {}
    for entry in entries:
        for place, (sku, name, price) in enumerate(entry.get("products", ())):
            product = Product(external_id=sku, name=name, price=price)
            product.category = categories[entry["id"]]
            colours = entry["colours"]
            prepared = _picture(entry["motif"], colours[place % len(colours)])
            put_picture(product=product, prepared=prepared)
            found[sku] = product
    Product.objects.bulk_create(found.values())
    numbers = count(IN_SHOP)
    Barcode.objects.bulk_create(
        Barcode(code=ean(next(numbers)), product=product) for product in found.values()
    )
    return found


@cache
def _picture(motif: str, colour: str) -> Prepared:
    """So small that it is its own thumbnail."""
    file = webp(draw(motif, colour, SIZE).image)
    return Prepared(*SIZE, file, file)


def _load_group(
    entry: Entry, categories: dict[str, Category], products: dict[str, Product]
) -> None:
    group = ProductGroup.objects.create(name=entry["name"])
    inside = {categories[name].pk for name in entry["categories"]}
    ProductGroupMember.objects.bulk_create(
        ProductGroupMember(product=product, group=group)
        for sku, product in products.items()
        if sku in entry["products"] or product.category_id in inside
    )


def ean(number: int) -> str:
    """The twelve digits of a number with the check digit of EAN-13."""
    digits = f"{number:012d}"
    total = sum(int(digit) * (1 + 2 * (place % 2)) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"
