"""Whom a private offer is aimed at beside the e-mails assigned to it: groups and audiences."""

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models import Audience, CustomerGroup
from customers.models.history import changes
from offers.models.showcase import moves_showcase


def refuses_public_offers(name: str) -> pgtrigger.Trigger:
    """A public offer is everybody's (T26), and stays public (T25): checking here is enough."""
    return pgtrigger.Trigger(
        name=f"{name}_of_private_offer",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
            IF EXISTS (SELECT FROM offers_privateoffer WHERE id = NEW.offer_id AND is_public) THEN
                RAISE check_violation USING
                    MESSAGE = 'A public offer takes neither groups nor audiences.';
            END IF;
            RETURN NEW;
        """,
    )


@pghistory.track(*changes())
class PrivateOfferGroup(models.Model):
    """A customer group whose members see the offer. A group that has offers can't be deleted."""

    offer = models.ForeignKey(
        "offers.PrivateOffer", models.CASCADE, db_index=False, related_name="group_targets"
    )
    group = models.ForeignKey(CustomerGroup, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("group of a private offer")
        verbose_name_plural = _("groups of private offers")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["offer", "group"], name="private_offer_group_once"),
        ]
        triggers = [
            refuses_public_offers("group"),
            *moves_showcase("private_offer_group"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.group_id}"


@pghistory.track(*changes())
class PrivateOfferAudience(models.Model):
    """An audience who see the offer. An audience that has offers can't be deleted."""

    offer = models.ForeignKey(
        "offers.PrivateOffer", models.CASCADE, db_index=False, related_name="audience_targets"
    )
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("audience of a private offer")
        verbose_name_plural = _("audiences of private offers")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "audience"], name="private_offer_audience_once"
            ),
        ]
        triggers = [
            refuses_public_offers("audience"),
            *moves_showcase("private_offer_audience"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.audience_id}"
