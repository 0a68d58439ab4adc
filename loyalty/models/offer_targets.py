import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models import Audience, CustomerGroup
from customers.models.history import changes
from loyalty.models.personal_offers import PersonalOffer
from promotions.models import Category, PointOfSale, Product, ProductGroup
from promotions.models.one_thing import THINGS, exactly_one
from promotions.models.versions import moves_rules


@pghistory.track(*changes())
class PersonalOfferTarget(models.Model):
    """One thing that a personal offer names: goods, where it holds, or whom it is for.

    What is named can't be deleted.
    """

    offer = models.ForeignKey(PersonalOffer, models.CASCADE, related_name="targets")
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="personal_offers"
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="personal_offers"
    )
    product_group = models.ForeignKey(
        ProductGroup, models.PROTECT, null=True, blank=True, related_name="personal_offers"
    )
    point_of_sale = models.ForeignKey(
        PointOfSale, models.PROTECT, null=True, blank=True, related_name="personal_offers"
    )
    customer_group = models.ForeignKey(
        CustomerGroup, models.PROTECT, null=True, blank=True, related_name="+"
    )
    audience = models.ForeignKey(Audience, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("target of a personal offer")
        verbose_name_plural = _("targets of personal offers")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(), name="personal_offer_target_is_one_thing"
            ),
            models.UniqueConstraint(
                fields=["offer", *THINGS],
                name="personal_offer_target_once",
                nulls_distinct=False,
            ),
        ]
        triggers = moves_rules("personal_offer_target")

    def __str__(self) -> str:
        return f"{self.offer_id} {self.pk}"
