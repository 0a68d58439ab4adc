"""A new discount that starts as a copy of another; nothing is saved before Save."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import model_to_dict
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from customers.admin.target_rights import seen_by
from imports.backoffice.copying import free_name
from promotions.admin.discounts.card_sets import is_shown
from promotions.admin.hidden_targets import hidden_targets
from promotions.composition import Composition, compositions_of
from promotions.models import Discount

LONGEST_NAME = Discount._meta.get_field("name").max_length or 0


def initial_values(request: HttpRequest, discount_id: str) -> dict[str, Any]:
    """What the form of a new discount holds at first: all of the copied one but its name.

    Without the targets that the user may not see, which a message says.
    """
    if not request.user.has_perm("promotions.view_discount"):
        raise PermissionDenied
    found = discount_id.isdecimal() and len(discount_id) < 10
    discount = Discount.objects.filter(pk=discount_id).first() if found else None
    if discount is None:
        raise Http404
    composition = compositions_of([discount])[discount.pk]
    _say_what_is_left_out(request, composition)
    own = model_to_dict(discount, exclude=["id", "start", "end", "value", "budget"])
    return {
        **own,
        "copied": composition,
        "name": free_name(discount.name, Discount.objects.all(), LONGEST_NAME),
    }


def _say_what_is_left_out(request: HttpRequest, composition: Composition) -> None:
    seen = seen_by(request.user)
    left_out = hidden_targets(composition.aims, seen)
    hidden = [part for part in composition.conditions if not is_shown(part, seen)]
    left_out += [_("conditions that you may not see")] if hidden else []
    if left_out:
        words = _("The copy is not for the same customers as the discount. Left out: %(targets)s.")
        messages.warning(request, words % {"targets": ", ".join(left_out)})
