"""How often a discount was used, and for how much: what its limits count."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from promotions.models.discounts import Discount
from promotions.models.limited import AbstractUse, AbstractUseCounter


class Use(AbstractUse):
    """One purchase on which a discount applied."""

    pk = models.CompositePrimaryKey("customer_id", "discount_id", "purchase")
    discount = models.ForeignKey(Discount, models.PROTECT, db_index=False, related_name="+")

    class Meta(AbstractUse.Meta):
        verbose_name = _("use of a discount")
        verbose_name_plural = _("uses of discounts")
        constraints = [
            *AbstractUse.Meta.constraints,
            models.UniqueConstraint(fields=["purchase", "discount"], name="use_once_a_purchase"),
        ]
        indexes = [models.Index(fields=["discount", "at"], name="use_of_discount")]


class UseCounter(AbstractUseCounter):
    """Uses of a limited discount in a period."""

    pk = models.CompositePrimaryKey("customer_id", "discount_id", "period", "since")
    discount = models.ForeignKey(Discount, models.CASCADE, db_index=False, related_name="+")
