"""What holds for points in general, whatever they are given or spent for."""

import datetime as dt
from decimal import Decimal

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers.models.history import changes
from promotions import engine
from promotions.models.versions import moves_rules

LONGEST_DELAY = 366
LONGEST_LIFETIME = 100 * 366  # days; close to the year 9999, moments can't be written


@pghistory.track(*changes())
class Programme(models.Model):
    """The one row of settings; without it, the defaults hold."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    share = models.DecimalField(
        _("share payable with points"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(100),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_(
            "Per cent. With 30, at most 30.00 of a receipt over 100.00 can be paid with points;"
            " with 0, nothing; with 100, all of it."
        ),
    )
    delay_days = models.PositiveSmallIntegerField(
        _("days until points open"),
        default=14,
        validators=[MaxValueValidator(LONGEST_DELAY)],
        help_text=_(
            "How long after the purchase points can't be spent yet: as long as goods can be"
            " brought back. With 14, those of 1 March open on 15 March; with 0, at once."
        ),
    )
    lifetime_days = models.PositiveIntegerField(
        _("days until points expire"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_LIFETIME)],
        help_text=_(
            "Counted from when they open. With 365, points that open on 15 March 2026 expire on"
            " 15 March 2027. Leave it empty for points that never expire."
        ),
    )
    whole_points = models.BooleanField(
        _("whole points only"),
        default=False,
        help_text=_("Points earned are rounded down: 12.80 becomes 12. Otherwise 12.80 it is."),
    )

    class Meta:
        verbose_name = _("points programme")
        verbose_name_plural = _("points programme")
        default_permissions = ("change", "view")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="programme_one_row"),
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=100), name="programme_share_is_per_cent"
            ),
            models.CheckConstraint(
                condition=Q(delay_days__lte=LONGEST_DELAY), name="programme_delay_is_short"
            ),
            models.CheckConstraint(
                condition=Q(lifetime_days=None)
                | Q(lifetime_days__gte=1, lifetime_days__lte=LONGEST_LIFETIME),
                name="programme_lifetime_is_possible",
            ),
        ]
        triggers = moves_rules("programme")

    def __str__(self) -> str:
        return str(_("Points programme"))

    def as_engine(self) -> engine.Programme:
        """What prices depend on of it."""
        return engine.Programme(whole_points=self.whole_points, share=self.share / 100)

    def opens_at(self, bought_at: dt.datetime) -> dt.datetime:
        """When points of a purchase of this moment can first be spent."""
        return bought_at + dt.timedelta(days=self.delay_days)

    def expires_at(self, opens_at: dt.datetime) -> dt.datetime | None:
        """When points that open at this moment end; None if never."""
        days = self.lifetime_days
        return None if days is None else opens_at + dt.timedelta(days=days)


def programme() -> Programme:
    """The settings, or the defaults as long as nobody saved any. One query."""
    return Programme.objects.filter(pk=1).first() or Programme(pk=1)
