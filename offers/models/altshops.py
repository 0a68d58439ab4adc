import re
import zoneinfo
from contextlib import suppress

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from customers.identity import ascii_domain
from customers.models.history import changes
from offers.models.showcase import moves_showcase
from promotions.models import PointOfSale
from promotions.models.points_of_sale import refusals, validate_time_zone

HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")


@pghistory.track(*changes())
class AltShop(models.Model):
    """A shop front with a host name of its own; offers are visible in chosen altshops only."""

    key = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=100, unique=True)
    host = models.CharField(
        _("host name"),
        max_length=253,
        unique=True,
        help_text=_("Customers who come to this host see this altshop, such as shop.example.com."),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    is_default = models.BooleanField(
        _("default"), default=False, help_text=_("Serves host names that no altshop has.")
    )
    point_of_sale = models.OneToOneField(
        PointOfSale,
        models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"channel": PointOfSale.Channel.ONLINE},
        related_name="altshop",
        verbose_name=_("point of sale"),
        help_text=_("The online one at which is bought what is ordered in this altshop."),
        error_messages={"unique": _("Another altshop sells at this point of sale.")},
    )

    class Meta:
        verbose_name = _("altshop")
        verbose_name_plural = _("altshops")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="altshop_one_default",
                violation_error_message=_("Another altshop is the default."),
            ),
            models.CheckConstraint(condition=Q(host=Lower("host")), name="altshop_host_lower"),
        ]
        triggers = moves_showcase("altshop")

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def clean(self) -> None:
        """Write the host as browsers send it: another one would never be met."""
        self.host = self.host.strip().lower().rstrip(".")
        with suppress(ValidationError):
            self.host = ascii_domain(self.host)
        if not HOST.fullmatch(self.host):
            raise ValidationError(
                {"host": _("Write the name alone, such as shop.example.com: no https://, no port.")}
            )


def refuse_to_leave_the_web(point: PointOfSale) -> None:
    """What is ordered in an altshop is bought online. One query at most."""
    if point.channel == PointOfSale.Channel.ONLINE or not point.pk:
        return
    if altshop := AltShop.objects.filter(point_of_sale=point).first():
        text = _("The altshop “%(altshop)s” sells here, so that it stays online.")
        raise ValidationError({"channel": ValidationError(text, params={"altshop": altshop})})


refusals.append(refuse_to_leave_the_web)
