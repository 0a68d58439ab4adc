"""Erase (asks first, says what will happen) and the export of everything held on a customer."""

from typing import Any, cast

import structlog
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from customers import personal_data
from customers.erasure.files import with_files
from customers.models import Customer, User
from imports import jobs

log = structlog.get_logger(__name__)

TO_EXPORT = ["customers.view_customer", "customers.export_personal_data"]
"""The file says more than any page: who may not see customers takes none."""


def erase(admin: ModelAdmin, request: HttpRequest, customer_id: int) -> HttpResponseBase:
    """Who erases types the customer's id, so that nobody does it by a slip."""
    if not (
        request.user.has_perm("customers.erase_customer") and admin.has_view_permission(request)
    ):
        raise PermissionDenied
    customer = get_object_or_404(Customer.objects.listed(), pk=customer_id)
    typed = request.POST.get("confirmation", "").strip()
    errors: list[str] = []
    if request.method == "POST" and typed == address(customer):
        try:
            job = jobs.start(
                type="customer-erasure",
                user=cast(User, request.user),
                options={"customer": customer.pk},
            )
        except ValidationError as refusal:
            errors = refusal.messages
        else:
            log.info("erasure_started", job=job.pk, customer=customer.pk, user=request.user.pk)
            return redirect("admin:imports_job_change", job.pk)
    elif request.method == "POST":
        errors = [_("Type %(id)s to confirm.") % {"id": address(customer)}]
    return _ask(admin, request, customer, errors, typed)


def _ask(
    admin: ModelAdmin, request: HttpRequest, customer: Customer, errors: list[str], typed: str
) -> HttpResponseBase:
    context: dict[str, Any] = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "original": customer,
        "title": _("Erase customer"),
        "address": address(customer),
        "files": with_files().count(),
        "errors": errors,
        "typed": typed,
        "may_export": request.user.has_perms(TO_EXPORT),
    }
    return TemplateResponse(request, "admin/customers/customer/erase.html", context)


def address(customer: Customer) -> str:
    return f"id:{customer.pk}"


def export(admin: ModelAdmin, request: HttpRequest, customer_id: int) -> HttpResponseBase:
    """A POST only, so that no link makes anybody take personal data."""
    if not request.user.has_perms(TO_EXPORT):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    customers = Customer.objects.listed().select_related("user")
    customer = get_object_or_404(customers, pk=customer_id)
    text = personal_data.export(
        customer=customer, user=cast(User, request.user), at=timezone.localtime()
    )
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = f"customer-{customer.pk}-{timezone.localdate():%Y-%m-%d}.json"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "no-store"
    return response
