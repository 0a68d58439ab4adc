"""The tab of a customer's page with their private offers."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from customers.admin.customers import CustomerAdmin
from customers.admin.target_rights import seen_by
from customers.models import Customer
from imports.backoffice import Tab
from offers.models import PrivateOffer, Status
from offers.models.visibility import Targets, targets_with

MOST_SHOWN = 100


def private_offers(request: HttpRequest, customer: Customer) -> SafeString:
    """The offers that reach the customer, public ones as long as they are seen, and why.

    Five queries at most, beside those that find the audiences.
    """
    now = timezone.localtime()
    targets = targets_with(customer, now)
    offers = list(_offers_of(customer, targets, now)[: MOST_SHOWN + 1])
    shown = offers[:MOST_SHOWN]
    seen = seen_by(request.user)
    names = _names_of_targets(targets, shown, seen)
    context = {
        "customer": customer,
        "rows": [
            (offer, Status(offer.status_at), [*_ways(offer, seen), *names[offer.pk]])
            for offer in shown
        ],
        "most": MOST_SHOWN if len(offers) > MOST_SHOWN else None,
        "live": Status.LIVE,
        "may_see_page": request.user.has_perm("offers.see_as_customer"),
    }
    return SafeString(render_to_string("admin/offers/offers_of_customer.html", context, request))


def _offers_of(customer: Customer, targets: Targets, at: dt.datetime) -> QuerySet[Any]:
    public = Q(is_public=True, is_active=True, start__lte=at, end__gt=at)
    return (
        PrivateOffer.objects.with_status(at)
        .with_ways(customer, targets)
        .filter(public | Q(by_email=True) | Q(by_group=True) | Q(by_audience=True))
        .prefetch_related("altshops")
        .order_by("-end", "pk")
    )


def _ways(offer: Any, seen: frozenset[str]) -> list[str]:
    """Those without a name, or whose names the user may not see."""
    ways = {
        gettext("public"): offer.is_public,
        gettext("e-mail assigned"): offer.by_email,
        gettext("a customer group"): offer.by_group and "groups" not in seen,
        gettext("an audience"): offer.by_audience and "audiences" not in seen,
    }
    return [way for way, reaches in ways.items() if reaches]


def _names_of_targets(
    targets: Targets, offers: list[Any], seen: frozenset[str]
) -> dict[int, list[str]]:
    """Of each offer, those in `seen` by which the customer sees it. A query for each kind."""
    found: dict[int, list[str]] = {offer.pk: [] for offer in offers}
    if "groups" in seen:
        for offer, title in _named(targets.groups, "group__title", offers):
            found[offer].append(gettext("group “%(name)s”") % {"name": title})
    if "audiences" in seen:
        for offer, name in _named(targets.audiences, "audience__name", offers):
            found[offer].append(gettext("audience “%(name)s”") % {"name": name})
    return found


def _named(targets: QuerySet[Any], name: str, offers: list[Any]) -> QuerySet[Any]:
    return targets.filter(offer__in=offers).order_by(name).values_list("offer_id", name)


CustomerAdmin.tabs.append(
    Tab(
        key="private-offers",
        title=_("Private offers"),
        permission="offers.view_privateoffer",
        render=private_offers,
        order=30,
    )
)
