import datetime as dt

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from customers.models import Customer
from loyalty.statement import Statement, statement_of
from offers.altshops import altshop_for
from offers.models import AltShop

LONGEST_NUMBER = 18  # digits of an entry's number


@require_safe
@never_cache
@login_required
def account_cashback(request: HttpRequest) -> HttpResponse:
    """The signed-in customer's cashback, at the time of the altshop. Five queries."""
    now = timezone.now()
    altshop = altshop_for(request.get_host(), AltShop.objects.all())
    if altshop is None:
        return render(request, "offers/no_altshop.html", status=404)
    customer = Customer.objects.filter(user=request.user.pk).values_list("pk", flat=True).first()
    context = {"altshop": altshop, "statement": _statement(request, customer, now)}
    with timezone.override(altshop.time_zone):
        return render(request, "loyalty/account_cashback.html", context)


def _statement(request: HttpRequest, customer: int | None, now: dt.datetime) -> Statement:
    """Somebody who is no customer, such as staff, has nothing."""
    before = request.GET.get("before", "")
    known = before.isascii() and before.isdigit() and len(before) <= LONGEST_NUMBER
    return statement_of(customer or 0, at=now, before=int(before) if known else None)
