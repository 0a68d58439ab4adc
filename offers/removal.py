from django.db import transaction

from offers.models import PrivateOffer
from offers.tasks import sweep_offer


@transaction.atomic
def remove(*, offer: PrivateOffer) -> None:
    """Delete a private offer for good (T13).

    Millions of e-mails may be assigned to it. Nobody sees them once it is gone, so that whoever
    deletes it need not wait for them: the worker sweeps them away.
    """
    number = offer.pk
    offer.delete()
    sweep_offer.defer(offer_id=number)
