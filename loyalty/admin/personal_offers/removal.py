"""Deleting a personal offer: asked about first with numbers, and refused once it was used."""

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from customers.admin.target_rights import seen_by
from loyalty.models import OfferUse, PersonalOffer
from loyalty.personal.composition import compositions_of
from loyalty.personal.counting import rows_of
from loyalty.personal.removal import remove
from loyalty.personal.wording import sentence

LIST = "admin:loyalty_personaloffer_changelist"
SWITCH_OFF = "switch_off"


def delete(admin: ModelAdmin, request: HttpRequest, offer: PersonalOffer) -> HttpResponseBase:
    """Not Django's page, which knows nothing of items and answers."""
    if not admin.has_delete_permission(request, offer):
        raise PermissionDenied
    if request.method == "POST" and SWITCH_OFF in request.POST:
        return _switch_off(admin, request, offer)
    if request.method == "POST" and _removed(offer):
        messages.success(request, _("The personal offer “%s” was deleted.") % offer)
        return redirect(LIST)
    is_used = OfferUse.objects.filter(offer=offer).exists()
    items, answers = (0, 0) if is_used else rows_of(offer.pk)
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "original": offer,
        "title": _("Delete the personal offer"),
        "words": sentence(compositions_of([offer])[offer.pk], seen_by(request.user)),
        "is_used": is_used,
        "items": items,
        "answers": answers,
        "may_switch_off": offer.is_active and admin.has_change_permission(request, offer),
    }
    return TemplateResponse(request, "admin/loyalty/personaloffer/delete.html", context)


def _removed(offer: PersonalOffer) -> bool:
    """Whether it could be: receipts that it was used on speak of it.

    Django looks for them first; the database refuses if one came since.
    """
    try:
        with transaction.atomic():
            remove(offer=PersonalOffer.objects.get(pk=offer.pk))
    except IntegrityError:
        return False
    return True


def _switch_off(admin: ModelAdmin, request: HttpRequest, offer: PersonalOffer) -> HttpResponseBase:
    if not admin.has_change_permission(request, offer):
        raise PermissionDenied
    PersonalOffer.objects.filter(pk=offer.pk).update(is_active=False)
    messages.success(request, _("The personal offer “%s” is switched off.") % offer)
    return redirect(LIST)
