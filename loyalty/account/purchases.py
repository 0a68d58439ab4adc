"""The account pages of purchases: what the customer bought, and what became of each receipt."""

import uuid

from django.core.paginator import Paginator
from django.db.models import QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from customers.models import Customer
from loyalty.account.altshop import in_altshop
from loyalty.models import Purchase
from loyalty.purchases.records import read
from loyalty.purchases.wording import Receipt, summaries_of
from offers.models import AltShop

PAGE = 20


@require_safe
@in_altshop
def account_purchases(request: HttpRequest, altshop: AltShop) -> HttpResponse:
    """The latest first. Six queries, the session's and the altshop's among them."""
    purchases = _theirs(request).order_by("-at", "-id")
    page = Paginator(purchases, PAGE).get_page(request.GET.get("page"))
    context = {"altshop": altshop, "page": page, "rows": summaries_of(list(page.object_list))}
    return render(request, "loyalty/account_purchases.html", context)


@require_safe
@in_altshop
def account_purchase(
    request: HttpRequest, altshop: AltShop, purchase_id: uuid.UUID
) -> HttpResponse:
    """Another customer's is not found. Eight queries at most, the session's and the altshop's
    among them, however many lines and returns."""
    purchase = get_object_or_404(_theirs(request), public_id=purchase_id)
    receipt = Receipt(read(purchase), timezone.now())
    context = {"altshop": altshop, "receipt": receipt}
    return render(request, "loyalty/account_purchase.html", context)


def _theirs(request: HttpRequest) -> QuerySet[Purchase]:
    """None for somebody who is no customer, such as staff."""
    customer = Customer.objects.filter(user=request.user.pk).values("pk")
    return Purchase.objects.filter(customer_id=Subquery(customer)).select_related("point_of_sale")
