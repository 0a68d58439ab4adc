"""The account page of personal offers as a customer sees it: read-only, marked, on record."""

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from loyalty.account.choosing import asked_by
from loyalty.account.personal_offers import offers_of, offers_page
from offers.admin import see_as_customer


def choose(admin: ModelAdmin, request: HttpRequest) -> HttpResponseBase:
    """Whose page, when and where."""
    _refuse_strangers(request)
    leads_to = "admin:loyalty_personaloffer_page_of_customer"
    return see_as_customer.choose(admin, request, leads_to)


def page(
    admin: ModelAdmin, request: HttpRequest, customer_id: int, altshop: str, at: str
) -> HttpResponseBase:
    """What the customer has at that moment, with the answers that they have given until now."""
    _refuse_strangers(request)
    customer, shop, moment = see_as_customer.looked_at(request, customer_id, altshop, at)
    with timezone.override(shop.time_zone):
        response = offers_page(
            request,
            shop,
            moment,
            asked_by(request.GET),
            offers_of("id", customer.pk, moment),
            template="admin/loyalty/personaloffer/page_of_customer.html",
            customer=customer,
            at=moment,
            read_only=True,
        )
    return see_as_customer.only_to_look_at(response)


def _refuse_strangers(request: HttpRequest) -> None:
    """The account page names offers, and so whom they are for."""
    see_as_customer.refuse_strangers(request)
    if not request.user.has_perm("loyalty.view_personaloffer"):
        raise PermissionDenied
