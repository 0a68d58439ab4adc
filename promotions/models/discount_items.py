"""What a discount names: goods, points of sale, customer groups and audiences."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers.models import Audience, CustomerGroup
from customers.models.history import changes
from promotions.models.catalogue import Category, Product, ProductGroup
from promotions.models.conditions import Condition
from promotions.models.discounts import Discount
from promotions.models.one_thing import THINGS, exactly_one
from promotions.models.points_of_sale import PointOfSale
from promotions.models.product_sets import ProductSet
from promotions.models.versions import moves_rules


@pghistory.track(*changes())
class DiscountItem(models.Model):
    """One thing that a discount names: for itself, for a product set or for a condition.

    Products, categories and product groups are goods. For the discount itself, points of sale
    are where it holds, customer groups and audiences whom it is for. What is named can't be
    deleted.
    """

    discount = models.ForeignKey(Discount, models.CASCADE, related_name="items")
    product_set = models.ForeignKey(
        ProductSet, models.CASCADE, null=True, blank=True, related_name="items"
    )
    condition = models.ForeignKey(
        Condition, models.CASCADE, null=True, blank=True, related_name="items"
    )
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="discount_items"
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="discount_items"
    )
    product_group = models.ForeignKey(
        ProductGroup, models.PROTECT, null=True, blank=True, related_name="discount_items"
    )
    point_of_sale = models.ForeignKey(
        PointOfSale, models.PROTECT, null=True, blank=True, related_name="discount_items"
    )
    customer_group = models.ForeignKey(
        CustomerGroup, models.PROTECT, null=True, blank=True, related_name="+"
    )
    audience = models.ForeignKey(Audience, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("item of a discount")
        verbose_name_plural = _("items of discounts")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=exactly_one(), name="discount_item_names_one_thing"),
            models.CheckConstraint(
                condition=Q(product_set=None) | Q(condition=None),
                name="discount_item_of_one_part",
            ),
            models.UniqueConstraint(
                fields=["discount", "product_set", "condition", *THINGS],
                name="discount_item_once",
                nulls_distinct=False,
            ),
        ]
        triggers = moves_rules("discount_item")

    def __str__(self) -> str:
        return f"{self.discount_id} {self.pk}"
