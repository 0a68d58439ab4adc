from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models import Customer


class Assignment(models.Model):
    """A customer to whom a private offer is visible (T27).

    Two integers and nothing else, customer first: under 60 bytes with the index at tens of
    millions. The database checks no foreign keys here, which would cost more than the insert
    itself; offers/tasks.py sweeps away what a deleted offer or customer leaves, which nobody
    can see in the meantime.
    """

    pk = models.CompositePrimaryKey("customer_id", "offer_id")
    customer = models.ForeignKey(
        Customer, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    offer = models.ForeignKey(
        "offers.PrivateOffer",
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="assignments",
    )

    class Meta:
        verbose_name = _("assigned e-mail")
        verbose_name_plural = _("assigned e-mails")

    def __str__(self) -> str:
        return f"{self.customer_id} {self.offer_id}"
