import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.history import changes
from loyalty.models.personal_offers import PersonalOffer
from promotions.models.texts import plain_name
from promotions.models.versions import moves_rules


@pghistory.track(*changes())
class PersonalOfferText(models.Model):
    """What customers read of an offer in another language than the shop's own."""

    offer = models.ForeignKey(PersonalOffer, models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    title = models.CharField(_("title"), max_length=200, validators=[plain_name])
    text = models.TextField(_("text"), max_length=2000, blank=True)
    validity_text = models.CharField(_("validity text"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("text in another language")
        verbose_name_plural = _("texts in other languages")
        default_permissions = ()
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "language"],
                name="personal_offer_text_once",
                violation_error_message=_("There is a text in this language already."),
            ),
        ]
        triggers = moves_rules("personal_offer_text")

    def __str__(self) -> str:
        return f"{self.offer_id} {self.language}"
