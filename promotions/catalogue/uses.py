"""What the catalogue's things are used for: the discounts that name them."""

from django.db.models import QuerySet

from promotions.models import (
    Category,
    Discount,
    DiscountItem,
    PointOfSale,
    Product,
    ProductGroup,
    ProductSet,
)

Thing = Product | Category | ProductGroup | PointOfSale
NAMED_AS: dict[type[Thing], str] = {
    Product: "product",
    Category: "category",
    ProductGroup: "product_group",
    PointOfSale: "point_of_sale",
}


def discounts_naming(thing: Thing) -> QuerySet[Discount]:
    """Discounts that name it anywhere: for themselves, in a product set or in a condition."""
    items = DiscountItem.objects.filter(**{NAMED_AS[type(thing)]: thing}).values("discount_id")
    if isinstance(thing, Product):
        items = items.union(ProductSet.objects.filter(default_product=thing).values("discount_id"))
    return Discount.objects.filter(pk__in=items).order_by("name", "pk")
