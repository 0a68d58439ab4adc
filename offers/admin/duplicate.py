"""A new offer that starts as a copy of another; nothing is saved before Save."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import model_to_dict
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from customers.admin.target_choice import TARGETS
from customers.admin.target_rights import VIEW, seen_by, unnamed
from imports.backoffice.copying import free_name
from offers.models import PrivateOffer

LONGEST_NAME = PrivateOffer._meta.get_field("name").max_length or 0


def initial_values(request: HttpRequest, offer_id: str) -> dict[str, Any]:
    """What the form of a new offer holds at first: all of the copied one but its name.

    Without the targets that the user may not see, which a message says.
    """
    if not request.user.has_perm("offers.view_privateoffer"):
        raise PermissionDenied
    offer = PrivateOffer.objects.filter(pk=offer_id).first() if offer_id.isdecimal() else None
    if offer is None:
        raise Http404
    seen = seen_by(request.user)
    targets = {
        name: list(getattr(offer, kept).all()) for name, kept in TARGETS.items() if kept in seen
    }
    say_what_is_left_out(request, offer)
    return {
        **model_to_dict(offer, exclude=TARGETS.values()),
        **targets,
        "name": free_name(offer.name, PrivateOffer.objects.all(), LONGEST_NAME),
    }


def say_what_is_left_out(request: HttpRequest, offer: PrivateOffer) -> None:
    """One query for each kind of target that the user may not see."""
    seen = seen_by(request.user)
    numbers = {kept: getattr(offer, kept).count() for kept in VIEW if kept not in seen}
    left_out = [unnamed(kept, number) for kept, number in numbers.items() if number]
    if left_out:
        words = _("The copy is not aimed at everybody that the offer is. Left out: %(targets)s.")
        messages.warning(request, words % {"targets": ", ".join(left_out)})
