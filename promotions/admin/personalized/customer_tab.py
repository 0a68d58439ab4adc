"""The tab Loyalty of a customer: their personalized promotions (E12)."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from customers.admin.customers import CustomerAdmin
from customers.models import Customer
from imports.backoffice import Tab
from promotions.admin.personalized.add_form import AddProductsForm
from promotions.admin.personalized.rights import PERMISSION, may_change_lists
from promotions.models import PersonalizedPromotion
from promotions.personal.paging import asked_by, pages_of

KEY = "loyalty"


def render(request: HttpRequest, customer: Customer) -> SafeString:
    """Three queries. `promotion`, `page` and `find` ask for another part of one list."""
    may_change = may_change_lists(request.user)
    everything = PersonalizedPromotion.objects.all()
    context = {
        "customer": customer,
        "pages": pages_of(customer, everything, asked_by(request.GET), chosen_first=True),
        "form": AddProductsForm(customer) if may_change else None,
    }
    template = "admin/promotions/personalized/customer_tab.html"
    return SafeString(render_to_string(template, context, request))


CustomerAdmin.tabs.append(Tab(KEY, _("Loyalty"), PERMISSION, render))
