"""What came back of purchases, in part or whole. Never changed."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loyalty.models.purchases import money, number_of, points
from promotions.models import EVERYBODY

LONGEST_RETURN = 64


class Return(models.Model):
    """Goods that came back at once: what was refunded, and what became of their points."""

    pk = models.CompositePrimaryKey("customer_id", "id")
    customer_id = models.IntegerField(default=EVERYBODY)
    id = models.BigIntegerField(db_default=number_of("loyalty_return_number"))
    purchase_id = models.BigIntegerField()
    key = models.CharField(_("return"), max_length=LONGEST_RETURN)
    """What the till calls it: the same again is the same return."""
    body_hash = models.BinaryField(max_length=32)
    at = models.DateTimeField(_("returned"))
    payable = money()
    """Money to hand back."""
    discount = money()
    points_earned = points()
    """Points of the purchase that are taken back."""
    points_spent = points()
    """Points that the customer gets back."""
    points_expired = points(default=0)
    """Of points_earned, what had expired: it is gone already."""
    points_missing = points(default=0)
    """Of points_earned, what was spent and could not be taken from other points."""
    is_rest = models.BooleanField(default=False)
    """With it nothing is left of the purchase."""

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["customer_id", "purchase_id", "key"], name="return_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    payable__gte=0,
                    discount__gte=0,
                    points_earned__gte=0,
                    points_spent__gte=0,
                    points_expired__gte=0,
                    points_missing__gte=0,
                ),
                name="return_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purchase_id} {self.key}"

    @property
    def points_taken(self) -> Decimal:
        return self.points_earned - self.points_expired - self.points_missing


class ReturnedLine(models.Model):
    """How much of a purchase's line came back with a return, and its part of the sums."""

    pk = models.CompositePrimaryKey("customer_id", "return_id", "number")
    customer_id = models.IntegerField(default=EVERYBODY)
    return_id = models.BigIntegerField()
    number = models.PositiveSmallIntegerField()
    """Of the purchase's line."""
    quantity = models.DecimalField(max_digits=9, decimal_places=3)
    payable = money()
    discount = money()
    points_earned = points()
    points_spent = points()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    quantity__gt=0,
                    payable__gte=0,
                    discount__gte=0,
                    points_earned__gte=0,
                    points_spent__gte=0,
                ),
                name="returned_line_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.return_id} {self.number}"
