"""Delete emails (T12): asks first and says how many, then a job does it, which can be undone."""

from typing import cast

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from customers.models import User
from imports import jobs
from offers.models import PrivateOffer


def delete_emails(admin: ModelAdmin, request: HttpRequest, offer_id: int) -> HttpResponseBase:
    if not request.user.has_perm("offers.withdraw_assignments"):
        raise PermissionDenied
    offer = get_object_or_404(PrivateOffer, pk=offer_id)
    if refusal := reason_against(offer):
        messages.error(request, refusal)
        return redirect("admin:offers_privateoffer_changelist")
    if request.method == "POST":
        job = jobs.start(
            type="private-offer-emails-withdrawal",
            options={"offer": offer.pk},
            user=cast(User, request.user),
        )
        return redirect(reverse("admin:imports_job_change", args=[job.pk]))
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "original": offer,
        "title": _("Delete emails"),
    }
    return TemplateResponse(request, "admin/offers/privateoffer/delete_emails.html", context)


def reason_against(offer: PrivateOffer) -> str | None:
    """Why there is nothing to delete, if so."""
    if offer.is_public:
        return _("“%(offer)s” is public: no e-mails are assigned to it.") % {"offer": offer.name}
    if not offer.assigned_count:
        return _("No e-mails are assigned to “%(offer)s”.") % {"offer": offer.name}
    return None
