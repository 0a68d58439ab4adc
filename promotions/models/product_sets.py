"""Product sets: what of a basket a discount asks for, and what of it is reduced."""

import pghistory
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers.models.history import changes
from promotions.models.catalogue import Product
from promotions.models.discounts import Discount
from promotions.models.personalized import PersonalizedPromotion
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
