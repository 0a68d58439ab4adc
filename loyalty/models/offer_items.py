"""What customers have of personal offers: their items, and what they said to them.

Millions of rows, loaded in sets: neither has foreign keys (docs/decisions/personal-offers.md).
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class OfferItems(models.Model):
    """All items that a customer has of one offer, the attribute (L9, L10): a compact row.

    `items` is a list of [target, preference, method, value, start, end]. The target is the id of
    a product, category or product group, of receipt amounts the threshold. Preference is "d"
    (discount) or "p" (points), method "%" or "a" (amount), moments are whole seconds since 1970.
    Null, and what is missing at the end of an item, is as the offer says.
    """

    pk = models.CompositePrimaryKey("customer_id", "offer_id")
    customer_id = models.IntegerField()
    offer_id = models.IntegerField()
    items = models.JSONField()
    # As the offer says where null (L22).
    needs_acceptance = models.BooleanField(null=True)
    channels = ArrayField(models.CharField(max_length=10), null=True)
    # The job that wrote the items; another way of writing them leaves it empty.
    written_by = models.IntegerField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(items__0__isnull=False), name="offer_items_has_some"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.offer_id}"


class OfferAnswer(models.Model):
    """What a customer said to an offer that needs their yes (L13, L14); nothing yet: no row.

    `item` is the product for which it was said; 0 is the whole offer.
    """

    pk = models.CompositePrimaryKey("customer_id", "offer_id", "item")
    customer_id = models.IntegerField()
    offer_id = models.IntegerField()
    item = models.IntegerField(default=0)
    accepted = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.customer_id} {self.offer_id} {self.accepted}"
