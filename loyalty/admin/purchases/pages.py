"""Receipts: the list of them, and one with what was paid, saved and earned, and why."""

import uuid
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from loyalty.admin.purchases.asked import ReceiptFilter
from loyalty.admin.purchases.paging import page_of
from loyalty.admin.purchases.receipt import Drawing
from loyalty.admin.purchases.rows import rows_of
from loyalty.admin.purchases.trying import try_url
from loyalty.models import Purchase
from loyalty.purchases import records

PERMISSION = "loyalty.view_purchase"
TEMPLATES = "admin/loyalty/purchase"


def receipts(request: HttpRequest) -> HttpResponse:
    """The latest first. As many queries for a million as for a few."""
    _refuse_strangers(request)
    form = ReceiptFilter.of(request)
    cl = page_of(request, form.chosen(), lambda found: rows_of(found, request.user))
    context = {
        "title": _("Receipts"),
        "form": form,
        "cl": cl,
        "shows_customers": "customer" in form.fields,
        "may_import": request.user.has_perm("loyalty.import_receipts"),
    }
    return _page(request, "list", context)


def receipt(request: HttpRequest, purchase_id: uuid.UUID) -> HttpResponse:
    _refuse_strangers(request)
    found = Purchase.objects.select_related("point_of_sale")
    record = records.read(get_object_or_404(found, public_id=purchase_id))
    (row,) = rows_of([record.purchase], request.user)
    context = {
        "title": _("Receipt %s") % record.purchase.receipt,
        "row": row,
        "drawing": Drawing(record, timezone.now(), request.user),
        "try_url": try_url(record, request.user),
    }
    return _page(request, "receipt", context)


def _refuse_strangers(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    frame = admin.site.each_context(request)
    return TemplateResponse(request, f"{TEMPLATES}/{template}.html", {**frame, **context})
