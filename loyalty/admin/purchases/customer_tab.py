"""The tab Receipts of a customer: what they bought, the latest first."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from customers.admin.customers import CustomerAdmin
from customers.models import Customer
from imports.backoffice import Tab
from loyalty.admin.purchases.pages import PERMISSION, TEMPLATES
from loyalty.admin.purchases.paging import page_of
from loyalty.admin.purchases.rows import rows_of
from loyalty.models import Purchase


def render(request: HttpRequest, customer: Customer) -> SafeString:
    """Four queries."""
    bought = Purchase.objects.filter(customer_id=customer.pk)
    cl = page_of(request, bought, lambda found: rows_of(found, request.user))
    context = {"cl": cl, "shows_customers": False}
    return SafeString(render_to_string(f"{TEMPLATES}/customer_tab.html", context, request))


CustomerAdmin.tabs.append(Tab("receipts", _("Receipts"), PERMISSION, render, order=52))
