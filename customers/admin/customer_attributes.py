"""The tab of a customer's page with their attributes, and where it is saved."""

from typing import Any

import structlog
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.admin.customers import CustomerAdmin
from customers.admin.value_form import ValuesForm
from customers.attributes.fields import defined
from customers.attributes.values import set_values, values_of
from customers.history import note
from customers.models import Customer, CustomerChange
from imports.backoffice import Tab

log = structlog.get_logger(__name__)


def attributes(request: HttpRequest, customer: Customer) -> SafeString:
    """All attributes in a form, or only shown to who may change nothing. One query."""
    context = _context(request, customer, ValuesForm(defined(), customer))
    return SafeString(
        render_to_string("admin/customers/customer/attributes.html", context, request)
    )


CustomerAdmin.tabs.append(
    Tab(
        key="attributes",
        title=gettext_lazy("Attributes"),
        permission="customers.view_customer",
        render=attributes,
        order=20,
    )
)


@transaction.atomic
def save_attributes(admin: ModelAdmin, request: HttpRequest, customer_id: int) -> HttpResponseBase:
    """Save the tab's form; with mistakes in it, it is shown again on a page of its own."""
    if not request.user.has_perm("customers.change_customer"):
        raise PermissionDenied
    customers = Customer.objects.listed().select_for_update(of=("self",))
    customer = get_object_or_404(customers, pk=customer_id)
    fields = defined()
    form = ValuesForm(fields, customer, request.POST if request.method == "POST" else None)
    if form.is_valid():
        before = values_of(customer, fields.values())
        changed = {k: value for k, value in form.cleaned_data.items() if value != before.get(k)}
        set_values(customer, changed)
        customer.save()
        _note(request, customer, changed)
        messages.success(request, _("The attributes were saved."))
        page = reverse("admin:customers_customer_change", args=[customer.pk])
        return redirect(f"{page}?tab=attributes")
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("Attributes of %s") % customer,
        **_context(request, customer, form),
    }
    return TemplateResponse(request, "admin/customers/customer/attributes_page.html", context)


def _note(request: HttpRequest, customer: Customer, changed: dict[str, Any]) -> None:
    note(
        {customer.pk: list(changed)},
        user=request.user,
        way=CustomerChange.Way.BACKOFFICE,
        at=timezone.now(),
    )
    log.info("attributes_changed", customer=customer.pk, keys=list(changed), user=request.user.pk)


def _context(request: HttpRequest, customer: Customer, form: ValuesForm) -> dict[str, Any]:
    return {
        "customer": customer,
        "form": form,
        "may_change": request.user.has_perm("customers.change_customer"),
        "may_define": request.user.has_perm("customers.add_attributedefinition"),
    }
