"""The tab of a customer's page with their private offers."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from customers.admin.customers import CustomerAdmin
from customers.models import Customer
from imports.backoffice import Tab
from offers.models import Assignment, PrivateOffer, Status

MOST_SHOWN = 100


def private_offers(request: HttpRequest, customer: Customer) -> SafeString:
    """The offers assigned to the customer and the public ones they see now. Three queries."""
    offers = list(_offers_of(customer)[: MOST_SHOWN + 1])
    context = {
        "customer": customer,
        "rows": [(offer, Status(offer.status_at)) for offer in offers[:MOST_SHOWN]],
        "most": MOST_SHOWN if len(offers) > MOST_SHOWN else None,
        "live": Status.LIVE,
        "may_see_page": request.user.has_perm("offers.see_as_customer"),
    }
    return SafeString(render_to_string("admin/offers/offers_of_customer.html", context, request))


def _offers_of(customer: Customer) -> QuerySet[Any]:
    at = timezone.now()
    assigned = Assignment.objects.filter(customer_id=customer.pk)
    mine = assigned.filter(offer_id=OuterRef("pk"))
    public = PrivateOffer.objects.live(at).filter(is_public=True)
    return (
        PrivateOffer.objects.with_status(at)
        .filter(Q(pk__in=assigned.values("offer_id")) | Q(pk__in=public.values("pk")))
        .annotate(is_assigned=Exists(mine))
        .prefetch_related("altshops")
        .order_by("-end", "pk")
    )


CustomerAdmin.tabs.append(
    Tab(
        key="private-offers",
        title=_("Private offers"),
        permission="offers.view_privateoffer",
        render=private_offers,
        order=30,
    )
)
