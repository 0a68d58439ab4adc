"""The parts of a discount: its product sets, its conditions, and what all of them name."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers.models import Audience, CustomerGroup
from customers.models.history import changes
from promotions.models.catalogue import Category, Product, ProductGroup
from promotions.models.discounts import Discount
from promotions.models.personalized import PersonalizedPromotion
from promotions.models.points_of_sale import PointOfSale
from promotions.models.texts import plain_name
from promotions.models.versions import moves_rules


@pghistory.track(*changes())
class ProductSet(models.Model):
    """One set of the action "Product sets" (E13–E20)."""

    id = models.AutoField(primary_key=True)
    discount = models.ForeignKey(Discount, models.CASCADE, related_name="product_sets")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("name of product set"), max_length=200, validators=[plain_name])
    required = models.PositiveIntegerField(
        _("required amount of products"),
        default=1,
        help_text=_("At least so many products of this set must be in the basket."),
    )
    gets_discount = models.BooleanField(_("this product set gets the discount"), default=False)
    discounted = models.PositiveIntegerField(
        _("this many products get the discount"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("Counts where the set gets the discount."),
    )
    everything = models.BooleanField(_("all products"), default=False)
    personalized_promotion = models.ForeignKey(
        PersonalizedPromotion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="product_sets",
        verbose_name=_("personalized promotion"),
        help_text=_("The set is what each customer chose from their list."),
    )
    default_product = models.ForeignKey(
        Product,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("default product"),
        help_text=_("Counts as chosen by who chose nothing, if it is on their list."),
    )

    class Meta:
        verbose_name = _("product set")
        verbose_name_plural = _("product sets")
        default_permissions = ()
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(default_product=None) | Q(personalized_promotion__isnull=False),
                name="product_set_default_of_promotion",
                violation_error_message=_("Only a personalized promotion has a default product."),
            ),
        ]
        triggers = moves_rules("product_set")

    def __str__(self) -> str:
        return self.name


@pghistory.track(*changes())
class Condition(models.Model):
    """One condition of a discount (E21, E22); which fields count, its kind says."""

    class Kind(models.TextChoices):
        ORDER_AMOUNT = "order_amount", _("Order amount")
        PRODUCTS = "products", _("Products")
        TIMES = "times", _("Days and hours")
        POINTS_OF_SALE = "points_of_sale", _("Points of sale")
        GROUPS = "groups", _("Customer groups")
        AUDIENCES = "audiences", _("Audiences")

    id = models.AutoField(primary_key=True)
    discount = models.ForeignKey(Discount, models.CASCADE, related_name="conditions")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("condition"), max_length=20, choices=Kind)
    minimum = models.DecimalField(
        _("minimum"),
        max_digits=14,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    maximum = models.DecimalField(
        _("maximum"),
        max_digits=14,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    quantity = models.PositiveIntegerField(
        _("quantity"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    everything = models.BooleanField(_("all products"), default=False)
    days = ArrayField(
        models.PositiveSmallIntegerField(validators=[MaxValueValidator(6)]),
        verbose_name=_("days"),
        default=list,
        blank=True,
        help_text=_("Monday is 0; none for every day."),
    )
    begin = models.TimeField(_("from"), null=True, blank=True)
    end = models.TimeField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        default_permissions = ()
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="order_amount") | Q(minimum__isnull=False),
                name="condition_amount_has_minimum",
            ),
            models.CheckConstraint(
                condition=~Q(kind="products") | Q(quantity__isnull=False),
                name="condition_products_has_quantity",
            ),
        ]
        triggers = moves_rules("condition")

    def __str__(self) -> str:
        return str(self.get_kind_display())


THINGS = (
    *("product", "category", "product_group"),
    *("point_of_sale", "customer_group", "audience"),
)


def _one_thing() -> Q:
    """Exactly one of THINGS is set."""
    one = Q()
    for name in THINGS:
        others = {f"{other}__isnull": True for other in THINGS if other != name}
        one |= Q(**{f"{name}__isnull": False}, **others)
    return one


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
            models.CheckConstraint(condition=_one_thing(), name="discount_item_names_one_thing"),
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
