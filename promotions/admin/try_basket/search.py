"""Finding products and customers while somebody types. Sent in the body: addresses end up in
logs, and names of people must not.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from customers.models import Customer
from promotions.admin.try_basket.goods import picture_of
from promotions.admin.try_basket.page import OF_CUSTOMERS, refuse_strangers
from promotions.models import Product
from promotions.prices import plain

MOST = 8


@require_POST
def find_products(request: HttpRequest) -> JsonResponse:
    """By name, ID or barcode. One query."""
    refuse_strangers(request)
    found = Product.objects.search(text)[:MOST] if (text := _asked(request)) else []
    return JsonResponse(
        {
            "found": [
                {
                    "value": product.external_id,
                    "name": product.name,
                    "note": f"{product.external_id} · {plain(product.price)}",
                    "picture": picture_of(product),
                    "price": plain(product.price),
                }
                for product in found
            ]
        }
    )


@require_POST
def find_customers(request: HttpRequest) -> JsonResponse:
    """By name, e-mail, phone or external ID. One query."""
    refuse_strangers(request)
    if not request.user.has_perm(OF_CUSTOMERS):
        raise PermissionDenied
    text = _asked(request)
    found = Customer.objects.listed().search(text).order_by("pk")[:MOST] if text else []
    return JsonResponse(
        {
            "found": [
                {"value": str(customer.pk), "name": str(customer), "note": _note(customer)}
                for customer in found
            ]
        }
    )


def _asked(request: HttpRequest) -> str:
    return request.POST.get("q", "").replace("\0", "").strip()


def _note(customer: Customer) -> str:
    return " · ".join(filter(None, [f"id:{customer.pk}", customer.email, customer.phone]))
