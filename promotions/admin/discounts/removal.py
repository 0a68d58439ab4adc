"""Deleting a discount: asked about first, and refused once it was used."""

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from customers.admin.target_rights import seen_by
from promotions.composition import compositions_of
from promotions.models import Discount, Use
from promotions.wording import sentence

SWITCH_OFF = "switch_off"


def delete(admin: ModelAdmin, request: HttpRequest, discount: Discount) -> HttpResponseBase:
    """Not Django's page, which would list every part and every use."""
    if not admin.has_delete_permission(request, discount):
        raise PermissionDenied
    if request.method == "POST" and SWITCH_OFF in request.POST:
        return _switch_off(admin, request, discount)
    if request.method == "POST" and _deleted(discount):
        messages.success(request, _("The discount “%s” was deleted.") % discount)
        return redirect("admin:promotions_discount_changelist")
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "original": discount,
        "title": _("Delete the discount"),
        "words": sentence(compositions_of([discount])[discount.pk], seen_by(request.user)),
        "is_used": Use.objects.filter(discount=discount).exists(),
        "may_switch_off": discount.is_active and admin.has_change_permission(request, discount),
    }
    return TemplateResponse(request, "admin/promotions/discount/delete.html", context)


def _deleted(discount: Discount) -> bool:
    """Whether it could be: receipts that it was used on speak of it.

    Django looks for them first; the database refuses if one came since.
    """
    try:
        with transaction.atomic():
            Discount.objects.filter(pk=discount.pk).delete()
    except IntegrityError:
        return False
    return True


def _switch_off(admin: ModelAdmin, request: HttpRequest, discount: Discount) -> HttpResponseBase:
    if not admin.has_change_permission(request, discount):
        raise PermissionDenied
    Discount.objects.filter(pk=discount.pk).update(is_active=False)
    messages.success(request, _("The discount “%s” is switched off.") % discount)
    return redirect("admin:promotions_discount_changelist")
