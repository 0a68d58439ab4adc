from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

# A lot holds less than 10^14, and there are fewer lots than numbers for them, 10^19: so their sum,
# whoever's they are, has room. An amount that had none would stop whatever sums it up.
LOT_DIGITS = 16
SUM_DIGITS = 35


class Purpose(models.TextChoices):
    """The programme's account on the other side of an entry."""

    ISSUED = "issued", _("Issued")
    REDEEMED = "redeemed", _("Redeemed")
    EXPIRED = "expired", _("Expired")
    ADJUSTED = "adjusted", _("Adjusted")
    # A return of goods gives back what was spent and takes back what was earned.
    RETURNED = "returned", _("Returned")


class Account(models.Model):
    """A customer whose account somebody once took from: the row that they lock while they do.

    It holds nothing else: the balance is the sum of the entries.
    """

    # No table of the ledger refers to customers: erasing one leaves every sum as it is.
    customer_id = models.IntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.customer_id)


class Entry(models.Model):
    """A transfer between a customer's account and one of the programme's. Never changed.

    `amount` is what the customer's balance changes by; the programme's account named by `purpose`
    changes by as much in the other direction. Nothing but loyalty/posting.py makes entries.
    """

    pk = models.CompositePrimaryKey("customer_id", "id")
    customer_id = models.IntegerField()
    id = models.BigIntegerField(
        db_default=Func(
            Value("loyalty_entry_number"),
            function="nextval",
            output_field=models.BigIntegerField(),
        )
    )
    batch_id = models.IntegerField(null=True)
    # Looked up among the customer's own entries, which lie together by the key.
    purchase_id = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=8, choices=Purpose)
    amount = models.DecimalField(max_digits=SUM_DIGITS, decimal_places=2)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose=Purpose.ADJUSTED)
                | Q(purpose=Purpose.ISSUED, amount__gt=0)
                | Q(purpose__in=[Purpose.REDEEMED, Purpose.EXPIRED], amount__lt=0)
                | (Q(purpose=Purpose.RETURNED) & ~Q(amount=0)),
                name="entry_sign_fits_purpose",
            ),
        ]
        indexes = [
            # Entries lie in the table as they were made, a batch's side by side: all that is
            # needed to find them are the bounds of each stretch, at no cost to an insert.
            BrinIndex(fields=["batch_id"], autosummarize=True, name="entry_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.purpose} {self.amount}"


class Lot(models.Model):
    """What one entry credited, and how much of it is left. Only `remaining` ever changes."""

    pk = models.CompositePrimaryKey("customer_id", "entry_id")
    customer_id = models.IntegerField()
    entry_id = models.BigIntegerField()
    amount = models.DecimalField(max_digits=LOT_DIGITS, decimal_places=2)
    remaining = models.DecimalField(max_digits=LOT_DIGITS, decimal_places=2)
    # Before that it is pending: credited, but not to be spent.
    opens_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(opens_at=None) | Q(expires_at__gt=F("opens_at")),
                name="lot_opens_before_it_expires",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, remaining__gte=0, remaining__lte=F("amount")),
                name="lot_remaining_is_of_it",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"],
                condition=Q(remaining__gt=0, expires_at__isnull=False),
                name="lot_to_expire",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.remaining} of {self.amount}"


class LotUse(models.Model):
    """How much an entry took from a lot; less than 0 where it gave back. Never changed."""

    pk = models.CompositePrimaryKey("customer_id", "entry_id", "lot_id")
    customer_id = models.IntegerField()
    entry_id = models.BigIntegerField()
    lot_id = models.BigIntegerField()  # the lot's entry_id
    amount = models.DecimalField(max_digits=LOT_DIGITS, decimal_places=2)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="lot_use_is_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.amount} of {self.lot_id}"
