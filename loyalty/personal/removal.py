"""Deleting personal offers, with what millions of customers may have of them."""

from django.db import transaction

from loyalty.models import PersonalOffer
from loyalty.tasks import sweep_personal_offer


@transaction.atomic
def remove(*, offer: PersonalOffer) -> None:
    """Delete an offer for good. Raises ProtectedError or IntegrityError once it was used.

    Nobody gets it from then on, so that whoever deletes it need not wait for its items and
    answers: the worker sweeps them away.
    """
    number = offer.pk
    offer.delete()
    sweep_personal_offer.defer(offer_id=number)
