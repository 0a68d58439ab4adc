"""The button of a customer's page that leads here."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from customers.admin.customers import CustomerAdmin, Link
from customers.models import Customer
from promotions.admin.try_basket.page import PERMISSION


def address(customer: Customer) -> str:
    return f"{reverse('try_basket')}?customer={customer.pk}"


CustomerAdmin.links.append(Link(_("Try a basket"), PERMISSION, address))
