import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers.models import CustomerGroup
from imports.models import Job
from loyalty.models.ledger import LOT_DIGITS, SUM_DIGITS


class Batch(models.Model):
    """One save by which staff credited or debited customers, and what came of it.

    What was asked for is final. The figures and `posted_at` are filled in by the transaction that
    makes the entries; until then a group's batch waits for its job.
    """

    class Kind(models.TextChoices):
        GROUP = "group", _("Customer group")
        SINGLE = "single", _("Single customer")

    class Mode(models.TextChoices):
        RELATIVE = "relative", _("Relative to available balance")
        ABSOLUTE = "absolute", _("Set the absolute value")

    id = models.AutoField(primary_key=True)
    # Drawn with the form: however often that is sent, it is one batch.
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    group = models.ForeignKey(
        CustomerGroup, models.PROTECT, null=True, related_name="+", verbose_name=_("group")
    )
    customer_id = models.IntegerField(null=True)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode)
    amount = models.DecimalField(_("cashback amount"), max_digits=LOT_DIGITS, decimal_places=2)
    comment = models.CharField(
        _("comment"),
        max_length=500,
        help_text=_("The reason. Customers see it in their cashback history."),
    )
    expires_at = models.DateTimeField(_("credited until"), null=True)
    undo_of = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="undone_by", verbose_name=_("undoes")
    )
    # The record of a batch outlives its job and whoever saved it.
    job = models.ForeignKey(
        Job, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("saved by"),
    )
    created_at = models.DateTimeField(_("saved"))
    posted_at = models.DateTimeField(_("posted"), null=True)
    # Each member has an entry; `changed` have one that is not 0. The shortfall is what could not
    # be taken, because balances stop at 0; that of an undo is what could not be undone.
    members = models.PositiveIntegerField(_("customers"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    total = models.DecimalField(_("total"), max_digits=SUM_DIGITS, decimal_places=2, default=0)
    shortfall = models.DecimalField(
        _("not taken"), max_digits=SUM_DIGITS, decimal_places=2, default=0
    )

    class Meta:
        verbose_name = _("cashback batch")
        verbose_name_plural = _("cashback batches")
        default_permissions = ("add", "view")
        permissions = [("verify", _("Can verify the data"))]
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="group", group__isnull=False, customer_id__isnull=True)
                | Q(kind="single", group__isnull=True, customer_id__isnull=False),
                name="batch_is_for_group_or_customer",
            ),
            models.CheckConstraint(
                condition=Q(mode="relative") | Q(amount__gte=0),
                name="batch_absolute_not_negative",
            ),
        ]
        indexes = [
            models.Index(
                fields=["customer_id"],
                condition=Q(customer_id__isnull=False),
                name="batch_of_customer",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
