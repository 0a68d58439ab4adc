"""How often a discount was used, and for how much: what its limits count."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from promotions.models.discounts import Discount

EVERYBODY = 0
"""In place of a customer's id: all customers together, or one who is not known."""


class Use(models.Model):
    """One purchase on which a discount applied. `promotions/limits.py` writes it."""

    pk = models.CompositePrimaryKey("customer_id", "discount_id", "purchase")
    customer_id = models.IntegerField(default=EVERYBODY)
    discount = models.ForeignKey(Discount, models.PROTECT, db_index=False, related_name="+")
    purchase = models.CharField(max_length=100)
    at = models.DateTimeField()
    amount = models.DecimalField(max_digits=16, decimal_places=3)
    returned = models.DecimalField(max_digits=16, decimal_places=3, default=0, db_default=0)
    """What was given back of the amount, by returns of parts of the purchase."""
    is_given_back = models.BooleanField(default=False, db_default=False)
    """The whole purchase was cancelled or returned: the use counts no more."""

    class Meta:
        verbose_name = _("use of a discount")
        verbose_name_plural = _("uses of discounts")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["purchase", "discount"], name="use_once_a_purchase"),
            models.CheckConstraint(
                condition=Q(returned__gte=0) & Q(returned__lte=F("amount")),
                name="use_returned_within_amount",
            ),
        ]
        indexes = [models.Index(fields=["discount", "at"], name="use_of_discount")]

    def __str__(self) -> str:
        return f"{self.discount_id} {self.purchase}"


class UseCounter(models.Model):
    """Uses of a limited discount in a period; the database refuses none, `limits.claim` does.

    For EVERYBODY it counts all and the money given away; for a customer, the customer's.
    """

    class Period(models.TextChoices):
        EVER = "ever", _("ever")
        MONTH = "month", _("month")
        WEEK = "week", _("week")
        DAY = "day", _("day")

    pk = models.CompositePrimaryKey("customer_id", "discount_id", "period", "since")
    customer_id = models.IntegerField(default=EVERYBODY)
    discount = models.ForeignKey(Discount, models.CASCADE, db_index=False, related_name="+")
    period = models.CharField(max_length=5, choices=Period)
    since = models.DateField()
    """The first day of the period in the discount's zone; of EVER, 1900-01-01."""
    used = models.PositiveIntegerField(default=0)
    spent = models.DecimalField(max_digits=18, decimal_places=3, default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(spent__gte=0), name="use_counter_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.discount_id} {self.customer_id} {self.period}"
