import datetime as dt

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Upper
from django.utils.translation import gettext_lazy as _

from customers.audiences.calendar import check_moment
from customers.models import Audience, CustomerGroup
from customers.models.history import changes
from offers.models.altshops import AltShop
from offers.models.gallery import Image
from offers.models.objects import check_object
from offers.models.showcase import moves_showcase
from offers.models.targets import PrivateOfferAudience, PrivateOfferGroup
from offers.models.visibility import PrivateOfferQuerySet, Status


@pghistory.track(*changes(), exclude=["assigned_count"])
class PrivateOffer(models.Model):
    class Type(models.TextChoices):
        ONLINE_AND_RETAIL = "online_and_retail", _("Use online & in retail")
        ONLINE = "online", _("Only online")
        RETAIL = "retail", _("Only in retail")

    class LinkType(models.TextChoices):
        PRODUCT = "product", _("Product")
        CATEGORY = "category", _("Category (tag)")
        PROMOTION_PAGE = "promotion_page", _("Promotion page")
        OPENSET_PAGE = "openset_page", _("Openset page")
        CUSTOM_VIEW = "custom_view", _("Custom view")

    id = models.AutoField(primary_key=True)
    name = models.CharField(
        _("name"),
        max_length=200,
        help_text=_("The system name: hidden from customers, unique, used in imports."),
    )
    visible_name = models.CharField(_("visible name"), max_length=200)
    description = models.TextField(_("description"))
    validity_text = models.CharField(
        _("validity text"), max_length=200, help_text=_("Usually a range of dates, in any words.")
    )
    link = models.CharField(
        _("link"),
        max_length=500,
        blank=True,
        validators=[
            RegexValidator(
                r"^(https?://[^\s/?#]+|/(?!/))\S*$",
                _("Write an address that starts with https:// or with a single /."),
            )
        ],
        help_text=_("What the picture opens in the customer panel."),
    )
    picture = models.ForeignKey(Image, models.PROTECT, related_name="+", verbose_name=_("picture"))
    type = models.CharField(_("type"), max_length=20, choices=Type)
    altshops = models.ManyToManyField(AltShop, related_name="+", verbose_name=_("altshops"))
    start = models.DateTimeField(_("start date"), validators=[check_moment])
    end = models.DateTimeField(_("end date"), validators=[check_moment])
    sort_order = models.PositiveIntegerField(_("sort order"), default=100)
    is_active = models.BooleanField(_("is active?"), default=True)
    is_public = models.BooleanField(
        _("is public?"),
        default=False,
        help_text=_(
            "If checked, every signed-in customer sees the offer. "
            "Can be set only when the offer is created."
        ),
    )
    groups = models.ManyToManyField(
        CustomerGroup,
        through=PrivateOfferGroup,
        related_name="+",
        blank=True,
        verbose_name=_("customer groups"),
    )
    audiences = models.ManyToManyField(
        Audience,
        through=PrivateOfferAudience,
        related_name="+",
        blank=True,
        verbose_name=_("audiences"),
    )
    link_type = models.CharField(_("link type"), max_length=20, choices=LinkType)
    object_id = models.CharField(
        _("object ID"),
        max_length=200,
        help_text=_(
            "The internal ID of what the link type names; a product or a category must exist."
        ),
    )
    small_image = models.ForeignKey(
        Image, models.PROTECT, related_name="+", verbose_name=_("small image")
    )
    medium_image = models.ForeignKey(
        Image, models.PROTECT, related_name="+", verbose_name=_("medium image")
    )
    big_image = models.ForeignKey(
        Image, models.PROTECT, related_name="+", verbose_name=_("big image")
    )
    # Kept in the transaction that assigns or withdraws, so that no list counts rows.
    assigned_count = models.PositiveIntegerField(
        _("assigned e-mails"), default=0, db_default=0, editable=False
    )

    objects = PrivateOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer private offer")
        verbose_name_plural = _("customer private offers")
        permissions = [
            ("import_assignments", _("Can import e-mails to private offers")),
            ("withdraw_assignments", _("Can delete all e-mails of a private offer")),
            ("export_assignments", _("Can export e-mails of private offers")),
            ("see_as_customer", _("Can see the account page as a customer")),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="private_offer_name_unique",
                violation_error_message=_("Another offer has this name."),
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")),
                name="private_offer_end_after_start",
                violation_error_message=_("The end date must be after the start date."),
            ),
        ]
        indexes = [
            models.Index(fields=["start"], name="private_offer_start"),
            models.Index(fields=["end"], name="private_offer_end"),
            GinIndex(
                OpClass(Upper("name"), name="gin_trgm_ops"),
                OpClass(Upper("visible_name"), name="gin_trgm_ops"),
                name="private_offer_search",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="is_public_is_final", fields=["is_public"]),
            *moves_showcase("private_offer", pgtrigger.AnyChange(exclude=["assigned_count"])),
        ]

    def __str__(self) -> str:
        return self.name

    def status(self, at: dt.datetime) -> Status:
        """The first that holds of off, ended, draft (nobody can see it), scheduled, live.

        Two queries if no e-mail is assigned, for the groups and audiences.
        """
        if not self.is_active:
            return Status.OFF
        if self.end <= at:
            return Status.ENDED
        if self.is_nobodys():
            return Status.DRAFT
        return Status.SCHEDULED if at < self.start else Status.LIVE

    def is_nobodys(self) -> bool:
        """Neither public, nor assigned to an e-mail, nor aimed at a group or an audience."""
        if self.is_public or self.assigned_count:
            return False
        return not (self.group_targets.exists() or self.audience_targets.exists())

    def is_live(self, at: dt.datetime) -> bool:
        """On, and in its window `start <= at < end`."""
        return self.is_active and self.start <= at < self.end

    def clean(self) -> None:
        self._check_public()
        if self.link_type and self.object_id:
            try:
                check_object(self.link_type, self.object_id)
            except ValidationError as error:
                raise ValidationError({"object_id": error}) from error

    def _check_public(self) -> None:
        stored = type(self).objects.filter(pk=self.pk).values_list("is_public", flat=True).first()
        if stored is not None and stored != self.is_public:
            raise ValidationError(
                {"is_public": _("Whether an offer is public is settled when it is created.")}
            )


@pghistory.track(*changes())
class PrivateOfferAltShop(PrivateOffer.altshops.through):  # type: ignore[name-defined]
    """An altshop of an offer, named to be in the history and to move the showcase."""

    class Meta:
        proxy = True
        triggers = moves_showcase("private_offer_altshop")
