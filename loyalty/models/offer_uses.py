from django.db import models
from django.utils.translation import gettext_lazy as _

from loyalty.models.personal_offers import PersonalOffer
from promotions.models.limited import AbstractUse, AbstractUseCounter


class OfferUse(AbstractUse):
    """One purchase on which a personal offer applied."""

    pk = models.CompositePrimaryKey("customer_id", "offer_id", "purchase")
    offer = models.ForeignKey(PersonalOffer, models.PROTECT, db_index=False, related_name="+")

    class Meta(AbstractUse.Meta):
        verbose_name = _("use of a personal offer")
        verbose_name_plural = _("uses of personal offers")
        constraints = [
            *AbstractUse.Meta.constraints,
            models.UniqueConstraint(fields=["purchase", "offer"], name="offer_use_once_a_purchase"),
        ]
        indexes = [models.Index(fields=["offer", "at"], name="use_of_personal_offer")]


class OfferUseCounter(AbstractUseCounter):
    """Uses of a limited personal offer in a period."""

    pk = models.CompositePrimaryKey("customer_id", "offer_id", "period", "since")
    offer = models.ForeignKey(PersonalOffer, models.CASCADE, db_index=False, related_name="+")
