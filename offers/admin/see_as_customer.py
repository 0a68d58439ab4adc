"""The account page as a customer sees it at a moment of choice: read-only, marked, on record."""

import datetime as dt
from typing import Any, cast

import structlog
from csp.constants import NONE
from django.contrib.admin import ModelAdmin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from customers.audiences.calendar import check_moment
from customers.models import Customer
from offers.account_page import account_page
from offers.admin.forms import SeeAsCustomerForm
from offers.models import AltShop, PrivateOffer

log = structlog.get_logger(__name__)
# Stored untranslated, as the beginning by which looks are found again.
LOOKED = gettext_noop("Saw the account page as this customer")
LATEST = 20


def choose(
    admin: ModelAdmin,
    request: HttpRequest,
    leads_to: str = "admin:offers_privateoffer_page_of_customer",
) -> HttpResponseBase:
    """Whose page, when and where; below, who looked at whose page lately."""
    refuse_strangers(request)
    asked = request.GET if "customer" in request.GET and "at" in request.GET else None
    form = SeeAsCustomerForm(asked, initial=first_guess(request))
    if form.is_valid():
        chosen = form.cleaned_data
        moment = chosen["at"].astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return redirect(
            leads_to,
            customer_id=chosen["customer"].pk,
            altshop=chosen["altshop"].key,
            at=moment,
        )
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("See as customer"),
        "form": form,
        "looks": latest_looks(),
    }
    return TemplateResponse(request, "admin/offers/privateoffer/see_as_customer.html", context)


def page(
    admin: ModelAdmin, request: HttpRequest, customer_id: int, altshop: str, at: str
) -> HttpResponseBase:
    """The account page itself. Each look is kept: in the log by ids, and for managers to read."""
    refuse_strangers(request)
    customer, shop, moment = looked_at(request, customer_id, altshop, at)
    offers = PrivateOffer.objects.visible_to(customer, shop, moment).select_related("picture")
    response = account_page(
        request,
        altshop=shop,
        offers=list(offers),
        drawn={},
        template="admin/offers/privateoffer/page_of_customer.html",
        customer=customer,
        at=moment,
    )
    return only_to_look_at(response)


def looked_at(
    request: HttpRequest, customer_id: int, altshop: str, at: str
) -> tuple[Customer, AltShop, dt.datetime]:
    """What the address of such a page names, once the look is on record. Raises Http404."""
    moment = moment_of(at)
    if request.method != "GET" or moment is None:
        raise Http404
    customer = get_object_or_404(Customer, pk=customer_id)
    shop = get_object_or_404(AltShop, key=altshop)
    keep_record(request, customer, shop, moment)
    return customer, shop, moment


def only_to_look_at(response: Any) -> HttpResponse:
    """Whatever the page holds: the browser sends no form from it and runs no script in it."""
    response._csp_replace = {"sandbox": ["allow-same-origin"], "form-action": [NONE]}
    return cast(HttpResponse, response)


def moment_of(text: str) -> dt.datetime | None:
    """The moment that an address names, always with its zone."""
    try:
        moment = parse_datetime(text)
        if moment is None or timezone.is_naive(moment):
            return None
        check_moment(moment)
    except (ValueError, ValidationError):
        return None
    return moment


def refuse_strangers(request: HttpRequest) -> None:
    if not request.user.has_perm("offers.see_as_customer"):
        raise PermissionDenied


def first_guess(request: HttpRequest) -> dict[str, Any]:
    """Now, in the default altshop; of an offer named in the address, a moment when it is shown."""
    now = timezone.localtime().replace(second=0, microsecond=0)
    guess: dict[str, Any] = {"at": now, "customer": request.GET.get("customer", "")}
    guess["altshop"] = AltShop.objects.order_by("-is_default", "name").first()
    asked = request.GET.get("offer", "")
    offer = PrivateOffer.objects.filter(pk=asked).first() if asked.isdecimal() else None
    if offer is not None:
        guess["altshop"] = offer.altshops.order_by("-is_default", "name").first()
        if not offer.start <= now < offer.end:
            guess["at"] = offer.start
    return guess


def keep_record(
    request: HttpRequest, customer: Customer, altshop: AltShop, at: dt.datetime
) -> None:
    log.info(
        "seen_as_customer",
        staff=request.user.pk,
        customer=customer.pk,
        altshop=altshop.pk,
        moment=at.isoformat(),
    )
    LogEntry.objects.create(
        user_id=cast(int, request.user.pk),
        content_type=ContentType.objects.get_for_model(Customer),
        object_id=str(customer.pk),
        object_repr=f"id:{customer.pk}",
        action_flag=CHANGE,
        change_message=f"{LOOKED}: {altshop.name}, {at:%Y-%m-%d %H:%M:%S %Z}",
    )


def latest_looks() -> list[Any]:
    """The latest twenty, with who looked, and `words` for what they saw. Two queries at most."""
    customers = ContentType.objects.get_for_model(Customer)
    looks = LogEntry.objects.filter(content_type=customers, change_message__startswith=LOOKED)
    latest: list[Any] = list(looks.select_related("user")[:LATEST])
    for look in latest:
        look.words = look.change_message.replace(LOOKED, _(LOOKED), 1)
    return latest
