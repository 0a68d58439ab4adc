"""Who is assigned to which private offer, by the handful; offers/imports.py does it by the million.

The offer's count changes in the same transaction.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from offers.models import PrivateOffer


def assign(*, offer: PrivateOffer, customers: Iterable[Customer]) -> int:
    """Make a private offer visible to customers; how many were not assigned before.

    Two queries. Raises ValidationError for a public offer (T26).
    """
    if offer.is_public:
        raise ValidationError(_("A public offer takes no e-mails."), code="public_offer")
    return _change(
        offer,
        "INSERT INTO offers_assignment (customer_id, offer_id)"
        " SELECT id, %(offer)s FROM unnest(%(customers)s::int[]) id ORDER BY id"
        " ON CONFLICT DO NOTHING",
        customers,
        sign=1,
    )


def withdraw(*, offer: PrivateOffer, customers: Iterable[Customer]) -> int:
    """Take a private offer back from customers; how many had it. Two queries."""
    return _change(
        offer,
        "DELETE FROM offers_assignment"
        " WHERE offer_id = %(offer)s AND customer_id = ANY(%(customers)s)",
        customers,
        sign=-1,
    )


@transaction.atomic
def _change(offer: PrivateOffer, sql: str, customers: Iterable[Customer], *, sign: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"offer": offer.pk, "customers": [c.pk for c in customers]})
        changed = cursor.rowcount
    PrivateOffer.objects.filter(pk=offer.pk).update(
        assigned_count=F("assigned_count") + sign * changed
    )
    offer.refresh_from_db(fields=["assigned_count"])
    return changed
