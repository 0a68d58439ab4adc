"""Makers of what is sold and of what reduces its price; each field to be overridden."""

import itertools
from collections.abc import Iterable
from typing import Any

from customers.models import Customer
from promotions.models import (
    Barcode,
    Category,
    Discount,
    ListedProduct,
    PersonalizedPromotion,
    PointOfSale,
    Product,
    ProductGroup,
    ProductSet,
)
from tests.factories import DAY, NOON

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


def make_personalized_promotion(**fields: Any) -> PersonalizedPromotion:
    """For consumers, any number of products, changeable, unless told otherwise."""
    number = next(numbers)
    return PersonalizedPromotion.objects.create(
        **{"name": f"Promotion {number}", "backend_id": f"promotion-{number}", **fields}
    )


def make_list(
    promotion: PersonalizedPromotion,
    customer: Customer,
    products: Iterable[Product],
    *,
    chosen: Iterable[Product] = (),
) -> None:
    """The products on the customer's list, past the ways in and what they refuse."""
    marked = {product.pk for product in chosen}
    ListedProduct.objects.bulk_create(
        ListedProduct(
            customer=customer,
            promotion=promotion,
            product=product,
            is_chosen=product.pk in marked,
        )
        for product in products
    )


def make_discount(**fields: Any) -> Discount:
    """Half the price of everything around NOON, unless told otherwise."""
    return Discount.objects.create(
        **{
            "name": f"Discount {next(numbers)}",
            "start": NOON - DAY,
            "end": NOON + DAY,
            "kind": Discount.Kind.PERCENTAGE,
            "value": 50,
            **fields,
        }
    )


def make_product_set(discount: Discount, **fields: Any) -> ProductSet:
    """A set of a discount, which works by product sets from then on."""
    discount.action = Discount.Action.PRODUCT_SETS
    discount.save(update_fields=["action"])
    return ProductSet.objects.create(
        **{"discount": discount, "name": f"Set {next(numbers)}", **fields}
    )


def make_chain(number: int) -> list[Category]:
    """Categories each below the one before, from the top on."""
    chain: list[Category] = []
    for _ in range(number):
        chain.append(make_category(parent=chain[-1] if chain else None))
    return chain
