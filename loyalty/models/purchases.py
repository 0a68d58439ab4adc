"""What was bought: a purchase, its lines, and what came back of it.

None of these refers to customers by a foreign key: they stay, under a bare number, when a
customer is erased, as the ledger does. The customer's number comes first in every key; 0 is
somebody unknown.
"""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from promotions.models import EVERYBODY, PointOfSale

MONEY_DIGITS = 21  # of 500 lines of 999,999 units at a billion each
LONGEST_RECEIPT = 64


def number_of(sequence: str) -> Func:
    return Func(Value(sequence), function="nextval", output_field=models.BigIntegerField())


def money(**options: Any) -> models.DecimalField:
    return models.DecimalField(max_digits=MONEY_DIGITS, decimal_places=3, **options)


def points(**options: Any) -> models.DecimalField:
    return models.DecimalField(max_digits=16, decimal_places=2, **options)


class Purchase(models.Model):
    """A receipt: what was paid, and by what it became so (P7). Only its cancellation changes it."""

    class Source(models.TextChoices):
        TILL = "till", _("Till")
        IMPORT = "import", _("Import")

    pk = models.CompositePrimaryKey("customer_id", "id")
    customer_id = models.IntegerField(default=EVERYBODY)
    id = models.BigIntegerField(db_default=number_of("loyalty_purchase_number"))
    # Under which uses of limits are claimed, and which addresses of pages name.
    public_id = models.UUIDField(default=uuid.uuid4)
    receipt = models.CharField(_("receipt"), max_length=LONGEST_RECEIPT)
    source = models.CharField(_("source"), max_length=6, choices=Source, default=Source.TILL)
    # SHA-256 of what was sent: the same receipt with another body is another one's (409).
    body_hash = models.BinaryField(max_length=32)
    point_of_sale = models.ForeignKey(PointOfSale, models.PROTECT, db_index=False, related_name="+")
    currency = models.CharField(max_length=3)
    at = models.DateTimeField(_("bought"))
    confirmed_at = models.DateTimeField(_("confirmed"))
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)
    total = money()
    discount = money()
    payable = money()
    points_earned = points()
    points_spent = points()
    points_missing = points(default=0, db_default=0)
    """Earned, and spent before a cancellation could take them back."""
    # As the API tells them: offer (kind, id, name), line, units, amount or points.
    effects = models.JSONField(default=list)

    class Meta:
        verbose_name = _("purchase")
        verbose_name_plural = _("purchases")
        default_permissions = ("view",)
        permissions = [
            ("import_receipts", _("Can import receipts")),
            ("export_receipts", _("Can export receipts")),
            ("confirm_purchase", _("Can confirm, cancel and return purchases")),
        ]
        indexes = [
            # The latest ones, anywhere and in one place; the primary key has those of a customer.
            models.Index(fields=["at", "id"], name="purchase_by_date"),
            models.Index(fields=["point_of_sale", "at", "id"], name="purchase_by_place"),
            models.Index(
                fields=["at", "id"],
                condition=Q(cancelled_at__isnull=False),
                name="purchase_cancelled",
            ),
            # Tills don't pay for it: theirs are the latest, and found by their date.
            models.Index(
                fields=["at", "id"], condition=Q(source="import"), name="purchase_imported"
            ),
            # Those whose receipt begins with some characters.
            models.Index(
                fields=["receipt"],
                opclasses=["varchar_pattern_ops"],
                name="purchase_by_beginning",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["receipt"], name="purchase_receipt_once"),
            models.UniqueConstraint(fields=["public_id"], name="purchase_public_id_once"),
            models.CheckConstraint(
                condition=Q(
                    total__gte=0,
                    discount__gte=0,
                    payable__gte=0,
                    points_earned__gte=0,
                    points_spent__gte=0,
                    total=F("discount") + F("payable") + F("points_spent"),
                ),
                name="purchase_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt


class PurchaseLine(models.Model):
    """A line of a receipt, as it was bought. Never changed."""

    pk = models.CompositePrimaryKey("customer_id", "purchase_id", "number")
    customer_id = models.IntegerField(default=EVERYBODY)
    purchase_id = models.BigIntegerField()
    number = models.PositiveSmallIntegerField()
    """Its place on the receipt, from 1."""
    line = models.CharField(max_length=50)
    """The id that the till gave it."""
    code = models.CharField(max_length=64)
    """The product as it was sent."""
    product_id = models.IntegerField(null=True)
    name = models.CharField(max_length=200, blank=True)
    """The product's name then."""
    quantity = models.DecimalField(max_digits=9, decimal_places=3)
    unit_price = models.DecimalField(max_digits=14, decimal_places=4)
    total = money()
    discount = money()
    payable = money()
    points_earned = points()
    points_spent = points()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    quantity__gt=0,
                    total__gte=0,
                    discount__gte=0,
                    payable__gte=0,
                    points_earned__gte=0,
                    points_spent__gte=0,
                    total=F("discount") + F("payable") + F("points_spent"),
                ),
                name="purchase_line_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purchase_id} {self.number}"
