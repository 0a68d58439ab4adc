"""Conditions: when and where a discount holds, of which baskets and for whom."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers.models.history import changes
from promotions.models.discounts import Discount
from promotions.models.versions import moves_rules


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
