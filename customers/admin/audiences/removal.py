"""Deleting an audience: asked about first, and refused while something uses it."""

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from customers.admin.audiences.uses import shown_uses
from customers.models import Audience


def delete(admin: ModelAdmin, request: HttpRequest, audience: Audience) -> HttpResponseBase:
    """Not Django's page, which would fetch every member to list it."""
    if not admin.has_delete_permission(request, audience):
        raise PermissionDenied
    uses = shown_uses(request, audience)
    if request.method == "POST" and not uses and _deleted(audience):
        messages.success(request, _("The audience “%s” was deleted.") % audience)
        return redirect("admin:customers_audience_changelist")
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "original": audience,
        "title": _("Delete the audience"),
        "uses": uses or shown_uses(request, audience),
    }
    return TemplateResponse(request, "admin/customers/audience/delete.html", context)


def _deleted(audience: Audience) -> bool:
    """Whether it could be: something may have begun to use it a moment ago."""
    try:
        with transaction.atomic():
            Audience.objects.get(pk=audience.pk).delete()
    except ProtectedError:
        return False
    return True
