"""The tab Cashback of a customer (D18): the balance, what happened, and a form to change it."""

from typing import TYPE_CHECKING, cast

import structlog
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.admin.customers import CustomerAdmin
from customers.models import Customer, User
from imports.backoffice import Tab
from loyalty.admin.forms import CashbackForm
from loyalty.admin.rights import may_post
from loyalty.batches import adjust
from loyalty.statement import statement_of
from loyalty.wording import money

if TYPE_CHECKING:
    from loyalty.admin.batches import BatchAdmin

log = structlog.get_logger(__name__)
LONGEST_NUMBER = 18  # digits of an entry's number


def render(request: HttpRequest, customer: Customer) -> SafeString:
    """What the customer sees themselves, entries of 0 too, and the form. Four queries."""
    before = request.GET.get("before", "")
    known = before.isascii() and before.isdigit() and len(before) <= LONGEST_NUMBER
    statement = statement_of(
        customer.pk, at=timezone.now(), before=int(before) if known else None, changes_only=False
    )
    context = {
        "customer": customer,
        "form": CashbackForm() if may_post(request.user) else None,
        "statement": statement,
        "balance": money(statement.balance),
        "rows": [(entry, money(entry.amount, signed=True)) for entry in statement.entries],
    }
    return SafeString(render_to_string("admin/loyalty/batch/customer_tab.html", context, request))


CustomerAdmin.tabs.append(Tab("cashback", gettext_lazy("Cashback"), "loyalty.view_batch", render))


def cashback_page(admin: "BatchAdmin", request: HttpRequest, customer_id: int) -> HttpResponseBase:
    """Credit or debit one customer, at once. Sent twice, it is one batch."""
    if not (may_post(request.user) and request.user.has_perm("customers.view_customer")):
        raise PermissionDenied
    customer = get_object_or_404(Customer.objects.listed(), pk=customer_id)
    form = CashbackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _adjust(request, customer, form)
        except ValidationError as error:
            form.add_error(None, error)
    title = _("Cashback of %s") % customer
    return admin.page(request, "customer_form", customer=customer, form=form, title=title)


def _adjust(request: HttpRequest, customer: Customer, form: CashbackForm) -> HttpResponseBase:
    names = ("mode", "amount", "comment", "expires_at", "token")
    asked = {name: form.cleaned_data[name] for name in names}
    user = cast(User, request.user)
    batch = adjust(customer=customer, user=user, at=timezone.now(), **asked)
    log.info("cashback_adjusted", customer=customer.pk, batch=batch.pk, user=user.pk)
    text = _("The balance has changed by %s.") % money(batch.total, signed=True)
    if batch.shortfall:
        text += " " + _("There was no more to take: it stops at 0.")
    messages.success(request, text)
    page = reverse("admin:customers_customer_change", args=[customer.pk])
    return redirect(f"{page}?tab=cashback")
