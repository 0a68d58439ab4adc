import datetime as dt

import pghistory
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from customers.audiences.calendar import check_moment
from customers.models.history import changes
from promotions.engine import Kind, Scope, Stacking
from promotions.models.counting import DISCOUNTS, recounts_uses
from promotions.models.limited import AT_LEAST_ONE, LimitedOffer
from promotions.models.querysets import DiscountQuerySet
from promotions.models.texts import plain_name
from promotions.models.versions import moves_rules


@pghistory.track(*changes())
class Discount(LimitedOffer):
    """A reduction of prices that marketers set up. What it means is the engine's law."""

    class Kind(models.TextChoices):
        PERCENTAGE = Kind.PERCENTAGE.value, _("Percentage off")
        AMOUNT = Kind.AMOUNT.value, _("Amount off")
        FIXED_PRICE = Kind.FIXED_PRICE.value, _("Fixed price")

    class Scope(models.TextChoices):
        UNITS = Scope.UNITS.value, _("On each unit")
        LINES = Scope.LINES.value, _("On each line")
        RECEIPT = Scope.RECEIPT.value, _("On the receipt")

    class Stacking(models.TextChoices):
        COMBINES = Stacking.COMBINES.value, _("Combines")
        ONE_PER_ITEM = Stacking.ONE_PER_ITEM.value, _("One per item")
        ALONE = Stacking.ALONE.value, _("Alone")

    class Action(models.TextChoices):
        PRODUCTS = "products", _("Products")
        PRODUCT_SETS = "product_sets", _("Product sets")

    class Match(models.TextChoices):
        ALL = "all", _("All")
        ONE = "one", _("One of")

    id = models.AutoField(primary_key=True)
    name = models.CharField(
        _("name"), max_length=200, validators=[plain_name], help_text=_("Printed on receipts.")
    )
    is_active = models.BooleanField(_("is active?"), default=True)
    start = models.DateTimeField(_("start date"), validators=[check_moment])
    end = models.DateTimeField(_("end date"), validators=[check_moment])
    priority = models.PositiveSmallIntegerField(
        _("priority"), default=100, help_text=_("The lower number comes first.")
    )
    stacking = models.CharField(
        _("with other offers"), max_length=20, choices=Stacking, default=Stacking.ONE_PER_ITEM
    )
    kind = models.CharField(_("discount type"), max_length=20, choices=Kind)
    value = models.DecimalField(
        _("value"), max_digits=14, decimal_places=3, validators=[MinValueValidator(0)]
    )
    scope = models.CharField(_("applies"), max_length=20, choices=Scope, default=Scope.UNITS)
    currency = models.CharField(
        _("currency"),
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Write three capital letters, such as EUR."))],
        help_text=_("Of amounts; the discount is for points of sale with this currency."),
    )
    action = models.CharField(_("action"), max_length=20, choices=Action, default=Action.PRODUCTS)
    everything = models.BooleanField(_("all products"), default=False)
    units = models.PositiveIntegerField(
        _("units a receipt"),
        null=True,
        blank=True,
        validators=AT_LEAST_ONE,
        help_text=_("The most units that get it on one receipt; empty for all."),
    )
    uses = models.PositiveIntegerField(
        _("repeat"),
        null=True,
        blank=True,
        default=1,
        validators=AT_LEAST_ONE,
        help_text=_("How often product sets count on one receipt; empty without limit."),
    )
    match = models.CharField(_("conditions"), max_length=3, choices=Match, default=Match.ALL)
    objects = DiscountQuerySet.as_manager()

    class Meta:
        verbose_name = _("discount")
        verbose_name_plural = _("discounts")
        ordering = ["priority", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="discount_name_unique",
                violation_error_message=_("Another discount has this name."),
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")),
                name="discount_end_after_start",
                violation_error_message=_("The end date must be after the start date."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="percentage") | Q(value__lte=100),
                name="discount_percentage_at_most_100",
                violation_error_message=_("A percentage is at most 100."),
            ),
            models.CheckConstraint(
                condition=(Q(kind="percentage") & Q(budget__isnull=True)) | ~Q(currency=""),
                name="discount_money_has_currency",
                violation_error_message=_("Say in which currency the amounts are."),
            ),
        ]
        indexes = [models.Index(fields=["end"], name="discount_end")]
        triggers = [*moves_rules("discount"), *recounts_uses(*DISCOUNTS)]

    def __str__(self) -> str:
        return self.name

    def is_live(self, at: dt.datetime) -> bool:
        """On, and in its window `start <= at < end`."""
        return self.is_active and self.start <= at < self.end
