"""The account page of cashback."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from customers.models import Customer
from loyalty.account.altshop import in_altshop
from loyalty.statement import Statement, statement_of
from loyalty.wording import money
from offers.models import AltShop

LONGEST_NUMBER = 18  # digits of an entry's number


@require_safe
@in_altshop
def account_cashback(request: HttpRequest, altshop: AltShop) -> HttpResponse:
    """The signed-in customer's cashback, at the time of the altshop. Six queries."""
    now = timezone.now()
    customer = Customer.objects.filter(user=request.user.pk).values_list("pk", flat=True).first()
    statement = _statement(request, customer, now)
    rows = [(entry, money(entry.amount, signed=True)) for entry in statement.entries]
    context = {"altshop": altshop, "statement": statement, "rows": rows}
    return render(request, "loyalty/account_cashback.html", context)


def _statement(request: HttpRequest, customer: int | None, now: dt.datetime) -> Statement:
    """Somebody who is no customer, such as staff, has nothing."""
    before = request.GET.get("before", "")
    known = before.isascii() and before.isdigit() and len(before) <= LONGEST_NUMBER
    return statement_of(customer or 0, at=now, before=int(before) if known else None)
