"""A new personal offer that starts as a copy of another; nothing is saved before Save."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import model_to_dict
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from customers.admin.target_rights import seen_by
from imports.backoffice.copying import free_name
from loyalty.models import PersonalOffer
from loyalty.personal.composition import Composition, compositions_of
from promotions.admin.hidden_targets import hidden_targets

LONGEST_NAME = PersonalOffer._meta.get_field("name").max_length or 0


def initial_values(request: HttpRequest, offer_id: str) -> dict[str, Any]:
    """What the form of a new offer holds at first: all of the copied one but name and items.

    Without the targets that the user may not see, which a message says.
    """
    if not request.user.has_perm("loyalty.view_personaloffer"):
        raise PermissionDenied
    found = offer_id.isdecimal() and len(offer_id) < 10
    offer = PersonalOffer.objects.filter(pk=offer_id).first() if found else None
    if offer is None:
        raise Http404
    composition = compositions_of([offer])[offer.pk]
    _say_what_is_left_out(request, composition)
    own = model_to_dict(offer, exclude=["id", "start", "end", "value", "budget"])
    return {
        **own,
        "copied": composition,
        "name": free_name(offer.name, PersonalOffer.objects.all(), LONGEST_NAME),
    }


def _say_what_is_left_out(request: HttpRequest, composition: Composition) -> None:
    left_out = hidden_targets(composition.aims, seen_by(request.user))
    if left_out:
        words = _("The copy is not for the same customers as the offer. Left out: %(targets)s.")
        messages.warning(request, words % {"targets": ", ".join(left_out)})
    if composition.offer.has_items:
        messages.info(request, _("Customers' items are not copied: upload them to the new offer."))
