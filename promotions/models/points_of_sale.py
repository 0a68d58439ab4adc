import zoneinfo
from collections.abc import Callable
from functools import cache

import pghistory
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.history import changes
from promotions.models.texts import plain_name
from promotions.models.versions import moves_rules

WITHOUT_CENTS = frozenset(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split()  # noqa: SIM905
)
THREE_DECIMALS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())  # noqa: SIM905


@cache
def time_zones() -> frozenset[str]:
    """Names that mean the same to Python and to the database, such as Europe/Warsaw."""
    # The database takes some without a place, such as CET, for a distance that no summer changes.
    names = zoneinfo.available_timezones()
    return frozenset(name for name in names if "/" in name or name == "UTC")


def validate_time_zone(name: str) -> None:
    if name not in time_zones():
        raise ValidationError(_("Unknown time zone. Write it like Europe/Warsaw."))


def digits(currency: str) -> int:
    """Decimals that amounts of the currency have, by ISO 4217."""
    if currency in WITHOUT_CENTS:
        return 0
    return 3 if currency in THREE_DECIMALS else 2


refusals: list[Callable[["PointOfSale"], None]] = []
"""Rooms above append what raises ValidationError for a change that what they hold can't bear."""


@pghistory.track(*changes())
class PointOfSale(models.Model):
    """Where things are bought: a shop with tills or an online one. Prices are in its currency."""

    class Channel(models.TextChoices):
        RETAIL = "retail", _("In retail")
        ONLINE = "online", _("Online")

    id = models.AutoField(primary_key=True)
    key = models.CharField(
        _("key"),
        max_length=50,
        unique=True,
        validators=[
            RegexValidator(r"^[\w.-]+\Z", _("Write letters, digits, dots, dashes and underscores."))
        ],
        help_text=_("How tills and apps name it, such as P1."),
    )
    name = models.CharField(_("name"), max_length=100, unique=True, validators=[plain_name])
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.RETAIL)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="EUR",
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Write three capital letters, such as EUR."))],
    )

    class Meta:
        verbose_name = _("point of sale")
        verbose_name_plural = _("points of sale")
        ordering = ["name"]
        triggers = moves_rules("point_of_sale")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        for refuse in refusals:
            refuse(self)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def digits(self) -> int:
        return digits(self.currency)
