"""What staff put on one customer's list, and take off it."""

from typing import Any

import structlog
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.models import Customer
from promotions.admin.personalized.add_form import AddProductsForm
from promotions.admin.personalized.rights import may_change_lists
from promotions.models import ListedProduct, PersonalizedPromotion, Product
from promotions.personal.lists import add_products, remove_products

log = structlog.get_logger(__name__)
TEMPLATES = "admin/promotions/personalized"


def add(admin: ModelAdmin, request: HttpRequest, customer_id: int) -> HttpResponseBase:
    """Put products on a customer's list, which the first ones create (E9)."""
    customer = _customer(request, customer_id)
    form = AddProductsForm(customer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        promotion, products = form.cleaned_data["promotion"], form.cleaned_data["products"]
        try:
            number = add_products(promotion=promotion, customer=customer, products=products)
        except ValidationError as refusal:
            form.add_error("promotion", refusal)
        else:
            _note(request, "listed_products_added", promotion, customer, number)
            text = ngettext(
                "%(number)d product added to the list of “%(promotion)s”.",
                "%(number)d products added to the list of “%(promotion)s”.",
                number,
            )
            messages.success(request, text % {"number": number, "promotion": promotion})
            return _to_tab(customer)
    title = _("Add products to a list of %s") % customer
    return _page(admin, request, "add", customer, {"form": form, "title": title})


def remove(
    admin: ModelAdmin, request: HttpRequest, customer_id: int, promotion_id: int, product_id: int
) -> HttpResponseBase:
    """Take a product off a customer's list (E10), and out of what they chose (E24). Asks first."""
    customer = _customer(request, customer_id)
    promotion = get_object_or_404(PersonalizedPromotion, pk=promotion_id)
    product = get_object_or_404(Product, pk=product_id)
    if request.method == "POST":
        number = remove_products(promotion=promotion, customer=customer, products=[product])
        _note(request, "listed_products_removed", promotion, customer, number)
        messages.success(request, _("“%s” is no longer on the list.") % product)
        return _to_tab(customer)
    listed = ListedProduct.objects.filter(
        customer=customer, promotion=promotion, product=product
    ).first()
    context = {
        "title": _("Take the product off the list"),
        "promotion": promotion,
        "product": product,
        "is_chosen": bool(listed and listed.is_chosen),
    }
    return _page(admin, request, "remove", customer, context)


def _customer(request: HttpRequest, customer_id: int) -> Customer:
    if not may_change_lists(request.user):
        raise PermissionDenied
    return get_object_or_404(Customer.objects.listed(), pk=customer_id)


def _note(
    request: HttpRequest,
    event: str,
    promotion: PersonalizedPromotion,
    customer: Customer,
    number: int,
) -> None:
    """Ids only: nothing personal belongs in a log."""
    user = request.user.pk
    log.info(event, promotion=promotion.pk, customer=customer.pk, products=number, user=user)


def _tab(customer: Customer) -> str:
    return f"{reverse('admin:customers_customer_change', args=[customer.pk])}?tab=loyalty"


def _to_tab(customer: Customer) -> HttpResponse:
    return redirect(_tab(customer))


def _page(
    admin: ModelAdmin,
    request: HttpRequest,
    template: str,
    customer: Customer,
    context: dict[str, Any],
) -> HttpResponse:
    around = admin.admin_site.each_context(request)
    own = {"opts": admin.opts, "customer": customer, "back": _tab(customer)}
    return TemplateResponse(request, f"{TEMPLATES}/{template}.html", {**around, **own, **context})
