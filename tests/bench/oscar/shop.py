"""A shop of django-oscar's with given products, offers and baskets."""

import itertools
from decimal import Decimal
from typing import Any

from django.db import models
from oscar.core.loading import get_class, get_model

Applicator = get_class("offer.applicator", "Applicator")
Selector = get_class("partner.strategy", "Selector")
Basket, Line = get_model("basket", "Basket"), get_model("basket", "Line")
Benefit, Condition = get_model("offer", "Benefit"), get_model("offer", "Condition")
Category, Product = get_model("catalogue", "Category"), get_model("catalogue", "Product")
ConditionalOffer, Range = get_model("offer", "ConditionalOffer"), get_model("offer", "Range")
ProductCategory = get_model("catalogue", "ProductCategory")
ProductClass = get_model("catalogue", "ProductClass")
Partner, StockRecord = get_model("partner", "Partner"), get_model("partner", "StockRecord")
RangeProduct = get_model("offer", "RangeProduct")

numbers = itertools.count(1)


def stock(products: list[dict[str, Any]], departments: dict[str, int]) -> None:
    """Products by their ids, in categories below departments."""
    above = {key: Category.add_root(name=f"Department {key}") for key in departments.values()}
    below = {key: above[top].add_child(name=f"Category {key}") for key, top in departments.items()}
    class_ = ProductClass.objects.create(name="Goods", track_stock=False, requires_shipping=False)
    partner = Partner.objects.create(name="Shop")
    Product.objects.bulk_create(
        Product(id=each["id"], title=f"Product {each['id']}", product_class=class_)
        for each in products
    )
    StockRecord.objects.bulk_create(
        StockRecord(
            id=each["id"],
            product_id=each["id"],
            partner=partner,
            partner_sku=str(each["id"]),
            price_currency="EUR",
            price=Decimal(each["price"]),
        )
        for each in products
    )
    ProductCategory.objects.bulk_create(
        ProductCategory(product_id=each["id"], category=below[str(each["category"])])
        for each in products
    )


def offer(asked: dict[str, Any]) -> None:
    ConditionalOffer.objects.create(
        name=f"Offer {next(numbers)}",
        priority=asked["priority"],
        exclusive=asked["exclusive"],
        max_basket_applications=asked["applications"],
        condition=_part(Condition, asked["condition"]),
        benefit=_part(Benefit, asked["benefit"]),
    )


def _part(model: type[models.Model], asked: dict[str, Any]) -> models.Model:
    return model.objects.create(**asked | {"range": _range(asked["range"])})


def _range(goods: dict[str, Any]) -> models.Model:
    range_ = Range.objects.create(
        name=f"Range {next(numbers)}", includes_all_products=goods["everything"]
    )
    RangeProduct.objects.bulk_create(
        RangeProduct(range=range_, product_id=number, display_order=0)
        for number in goods["products"]
    )
    names = [f"Category {number}" for number in goods["categories"]]
    range_.included_categories.set(Category.objects.filter(name__in=names))
    return range_


def basket(lines: list[dict[str, Any]]) -> models.Model:
    made = Basket.objects.create()
    Line.objects.bulk_create(
        Line(
            basket=made,
            line_reference=str(place),
            product_id=line["product"],
            stockrecord_id=line["product"],
            quantity=line["quantity"],
            price_currency="EUR",
        )
        for place, line in enumerate(lines)
    )
    made.strategy = Selector().strategy()
    return made


def total(asked: models.Model) -> str:
    """What is to be paid, after whatever offers apply."""
    asked.reset_offer_applications()
    Applicator().apply(asked)
    return str(asked.total_incl_tax)
