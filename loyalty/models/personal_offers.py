import datetime as dt

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.audiences.calendar import check_moment
from customers.models.history import changes
from loyalty.models.offer_combinations import COMBINATIONS
from offers.models import Image
from promotions.engine import Effect, Kind, Scope, Stacking
from promotions.models.counting import Tables, recounts_uses
from promotions.models.limited import LimitedOffer
from promotions.models.texts import plain_name
from promotions.models.versions import moves_rules

TABLES = Tables("loyalty_personaloffer", "loyalty_offeruse", "loyalty_offerusecounter", "offer_id")


class PersonalOfferQuerySet(models.QuerySet["PersonalOffer"]):
    def live(self, at: dt.datetime) -> "PersonalOfferQuerySet":
        """Offers that are on and in their window `start <= at < end`."""
        return self.filter(is_active=True, start__lte=at, end__gt=at)

    def ahead(self, at: dt.datetime) -> "PersonalOfferQuerySet":
        """Offers that are on and live or scheduled."""
        return self.filter(is_active=True, end__gt=at)


@pghistory.track(*changes())
class PersonalOffer(LimitedOffer):
    """A preference for certain customers: everybody's of an audience, or each customer's own.

    Of the mechanics of attributes the sizes are each customer's (OfferItems); what an item leaves
    out, the offer says. What it means at the till is the engine's law.
    """

    class Mechanic(models.TextChoices):
        AUDIENCE = "audience", _("Target audience")
        PRODUCTS = "products", _("Products of each customer")
        CATEGORIES = "categories", _("Categories of each customer")
        PRODUCT_GROUPS = "product_groups", _("Product groups of each customer")
        RECEIPT_AMOUNT = "receipt_amount", _("Receipt amounts of each customer")

    class Identifiers(models.TextChoices):
        EXTERNAL = "external", _("External IDs (of the ERP)")
        INTERNAL = "internal", _("Internal IDs")

    class Preference(models.TextChoices):
        DISCOUNT = Effect.DISCOUNT.value, _("Discount")
        POINTS = Effect.POINTS.value, _("Bonus points")

    class Method(models.TextChoices):
        PERCENTAGE = Kind.PERCENTAGE.value, _("Per cent")
        AMOUNT = Kind.AMOUNT.value, _("Fixed amount")

    class Scope(models.TextChoices):
        UNITS = Scope.UNITS.value, _("On each unit")
        LINES = Scope.LINES.value, _("On each line")
        RECEIPT = Scope.RECEIPT.value, _("On the receipt")

    class Stacking(models.TextChoices):
        COMBINES = Stacking.COMBINES.value, _("Combines")
        ONE_PER_ITEM = Stacking.ONE_PER_ITEM.value, _("One per item")
        ALONE = Stacking.ALONE.value, _("Alone")

    class Channel(models.TextChoices):
        ACCOUNT = "account", _("Personal account")
        APP = "app", _("Mobile app")
        EMAIL = "email", _("E-mail")
        PUSH = "push", _("Push message")
        TILL = "till", _("Till")

    id = models.AutoField(primary_key=True)
    name = models.CharField(
        _("name"),
        max_length=200,
        validators=[plain_name],
        help_text=_("The system name: hidden from customers, unique, used in imports."),
    )
    is_active = models.BooleanField(_("is active?"), default=True)

    # Who
    mechanic = models.CharField(_("mechanic"), max_length=20, choices=Mechanic)
    all_customers = models.BooleanField(
        _("all customers"),
        default=False,
        help_text=_("Instead of groups and audiences; never for who is not known."),
    )
    identifiers = models.CharField(
        _("identifiers"),
        max_length=10,
        choices=Identifiers,
        default=Identifiers.EXTERNAL,
        help_text=_("By which products, categories or groups are named where items are uploaded."),
    )

    # What
    preference = models.CharField(
        _("preference"), max_length=10, choices=Preference, default=Preference.DISCOUNT
    )
    method = models.CharField(_("method"), max_length=20, choices=Method, default=Method.PERCENTAGE)
    value = models.DecimalField(
        _("size"),
        max_digits=14,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Per cent, money or points. Of each customer's items: where one has none."),
    )
    scope = models.CharField(_("applies"), max_length=20, choices=Scope, default=Scope.UNITS)
    currency = models.CharField(
        _("currency"),
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Write three capital letters, such as EUR."))],
        help_text=_("Of amounts; the offer is for points of sale with this currency."),
    )
    everything = models.BooleanField(_("all products"), default=False)
    quantity = models.PositiveIntegerField(
        _("quantity"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("So many units of the products have to be bought, at least."),
    )
    units = models.PositiveIntegerField(
        _("units a receipt"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("The most units that get it on one receipt, of each item; empty for all."),
    )

    # When and where
    start = models.DateTimeField(_("start date"), validators=[check_moment])
    end = models.DateTimeField(_("end date"), validators=[check_moment])
    days = ArrayField(
        models.PositiveSmallIntegerField(validators=[MaxValueValidator(6)]),
        verbose_name=_("days"),
        default=list,
        blank=True,
        help_text=_("Monday is 0; none for every day."),
    )
    from_hour = models.TimeField(_("from"), null=True, blank=True)
    to_hour = models.TimeField(_("to"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(
        _("priority"), default=100, help_text=_("The lower number comes first.")
    )
    stacking = models.CharField(
        _("with other offers"), max_length=20, choices=Stacking, default=Stacking.ONE_PER_ITEM
    )
    needs_acceptance = models.BooleanField(
        _("needs acceptance"),
        default=False,
        help_text=_("It counts only for customers who said yes to it."),
    )

    # Look
    channels = ArrayField(
        models.CharField(max_length=10, choices=Channel),
        verbose_name=_("announced in"),
        default=list,
        blank=True,
        help_text=_("Where it is shown; it counts at the till in any case."),
    )
    sort_order = models.PositiveIntegerField(_("sort order"), default=100)
    title = models.CharField(
        _("title"), max_length=200, validators=[plain_name], help_text=_("Printed on receipts.")
    )
    text = models.TextField(_("text"), max_length=2000, blank=True)
    validity_text = models.CharField(
        _("validity text"),
        max_length=200,
        blank=True,
        help_text=_("In any words; empty for the dates."),
    )
    picture = models.ForeignKey(
        Image,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    phone_picture = models.ForeignKey(
        Image,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture for phones"),
        help_text=_("Empty for the same picture."),
    )

    objects = PersonalOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal offer")
        verbose_name_plural = _("personal offers")
        ordering = ["sort_order", "pk"]
        permissions = [
            ("import_items", _("Can import items of personal offers")),
            ("export_items", _("Can export items of personal offers")),
            ("answer_personaloffer", _("Can accept and decline personal offers for customers")),
        ]
        constraints = COMBINATIONS
        indexes = [models.Index(fields=["end"], name="personal_offer_end")]
        triggers = [*moves_rules("personal_offer"), *recounts_uses(*TABLES)]

    def __str__(self) -> str:
        return self.name

    def is_live(self, at: dt.datetime) -> bool:
        """On, and in its window `start <= at < end`."""
        return self.is_active and self.start <= at < self.end

    @property
    def has_items(self) -> bool:
        """Whether each customer has sizes of their own."""
        return self.mechanic != self.Mechanic.AUDIENCE
