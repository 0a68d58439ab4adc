from django.db import models

from loyalty.models.personal_offers import PersonalOffer


class OfferCount(models.Model):
    """How many customers have items of an offer and answered it, as counted at a moment.

    Counted now and then (loyalty/personal/counting.py), for pages that must not read millions of
    rows.
    """

    offer = models.OneToOneField(
        PersonalOffer, models.CASCADE, primary_key=True, related_name="count"
    )
    customers = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    """Customers who said yes to it, or to one of their products at least."""
    declined = models.PositiveIntegerField(default=0)
    """Customers who said no only."""
    counted_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.offer_id} {self.customers}"
