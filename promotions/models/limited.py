"""What any kind of offer has whose uses are limited: its limits, its uses, and their counters.

A kind subclasses all three, with `recounts_uses` (counting.py) among the triggers of the first and
a foreign key to it in the others; `promotions/limits.py` writes them.
"""

import zoneinfo

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from promotions.models.points_of_sale import validate_time_zone

AT_LEAST_ONE = [MinValueValidator(1)]
EVERYBODY = 0
"""In place of a customer's id: all customers together, or one who is not known."""


class LimitedOffer(models.Model):
    """An offer that may be used and give away so much at most."""

    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="UTC",
        validators=[validate_time_zone],
        help_text=_("Of the dates, and of the days on which uses are counted."),
    )
    most_uses = models.PositiveIntegerField(
        _("uses in total"), null=True, blank=True, validators=AT_LEAST_ONE
    )
    most_a_day = models.PositiveIntegerField(
        _("uses per customer a day"), null=True, blank=True, validators=AT_LEAST_ONE
    )
    most_a_week = models.PositiveIntegerField(
        _("uses per customer a week"), null=True, blank=True, validators=AT_LEAST_ONE
    )
    most_a_month = models.PositiveIntegerField(
        _("uses per customer a month"), null=True, blank=True, validators=AT_LEAST_ONE
    )
    most_a_customer = models.PositiveIntegerField(
        _("uses per customer"), null=True, blank=True, validators=AT_LEAST_ONE
    )
    budget = models.DecimalField(
        _("budget"),
        max_digits=16,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("All that it may give away, in its currency."),
    )

    class Meta:
        abstract = True

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)


class AbstractUse(models.Model):
    """One purchase on which an offer applied.

    The key is customer_id, the offer, purchase; an offer is used once a purchase, which takes a
    unique constraint of purchase and offer; and an index is to find an offer's uses.
    """

    customer_id = models.IntegerField(default=EVERYBODY)
    purchase = models.CharField(max_length=100)
    """The public id of the purchase."""
    at = models.DateTimeField()
    amount = models.DecimalField(max_digits=16, decimal_places=3)
    """What the offer gave: money, or points."""
    returned = models.DecimalField(max_digits=16, decimal_places=3, default=0, db_default=0)
    """What was given back of the amount, by returns of parts of the purchase."""
    is_given_back = models.BooleanField(default=False, db_default=False)
    """The whole purchase was cancelled or returned: the use counts no more."""

    class Meta:
        abstract = True
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(returned__gte=0) & Q(returned__lte=F("amount")),
                name="%(class)s_returned_within_amount",
            ),
        ]

    def __str__(self) -> str:
        return self.purchase


class AbstractUseCounter(models.Model):
    """Uses of a limited offer in a period; the database refuses none, `Limited.claim` does.

    For EVERYBODY it counts all and what was given away; for a customer, the customer's. The key is
    customer_id, the offer, period, since; counters go with their offer.
    """

    class Period(models.TextChoices):
        EVER = "ever", _("ever")
        MONTH = "month", _("month")
        WEEK = "week", _("week")
        DAY = "day", _("day")

    customer_id = models.IntegerField(default=EVERYBODY)
    period = models.CharField(max_length=5, choices=Period)
    since = models.DateField()
    """The first day of the period in the offer's zone; of EVER, 1900-01-01."""
    used = models.PositiveIntegerField(default=0)
    spent = models.DecimalField(max_digits=18, decimal_places=3, default=0)

    class Meta:
        abstract = True
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(spent__gte=0), name="%(class)s_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.period}"
