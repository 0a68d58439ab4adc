"""The start page: how the offers stand, what happens next, what was imported; each by permission.

Eight queries at most, however much there is, and no count but that of the private offers.
"""

import datetime as dt
import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.backoffice.site import BackofficeSite
from imports import registry
from imports.admin.wording import label, parts, result
from imports.models import Job
from offers.admin.columns import STATUS_SIGNS
from offers.models import AltShop, PrivateOffer, Status
from offers.models.visibility import nobody_can_see

HORIZON = dt.timedelta(days=14)
MOST_EVENTS = 8
MOST_IMPORTS = 6
SHOWN_AS = [Status.LIVE, Status.SCHEDULED, Status.DRAFT, Status.ENDED, Status.OFF]


@dataclass(frozen=True)
class Standing:
    """How many offers have a status."""

    status: Status
    count: int

    @property
    def sign(self) -> str:
        return STATUS_SIGNS[self.status]


@dataclass(frozen=True)
class Event:
    """An offer starts or ends. `away` is in days, by the calendar of the current zone."""

    at: dt.datetime
    offer: PrivateOffer
    starts: bool
    today: dt.date

    @property
    def day(self) -> dt.date:
        return timezone.localdate(self.at)

    @property
    def away(self) -> int:
        return (self.day - self.today).days

    @property
    def lacks_customers(self) -> bool:
        return bool(cast(Any, self.offer).has_nobody)


def overview(request: HttpRequest) -> HttpResponse:
    """The page itself, in place of the admin's index."""
    site = cast(BackofficeSite, admin.site)
    chapters = site.get_sidebar_list(request)
    context = {
        **site.each_context(request),
        "title": _("Overview"),
        "places": [item for each in chapters for item in each["items"] if item["has_permission"]],
        **dashboard(request.user, timezone.now()),
    }
    request.current_app = site.name
    return TemplateResponse(request, "admin/index.html", context)


def dashboard(user: AbstractUser | AnonymousUser, at: dt.datetime) -> dict[str, Any]:
    """What the page shows to this user; parts that are not theirs to see are missing."""
    shown: dict[str, Any] = {"may": permissions(user), "horizon": HORIZON.days}
    if user.has_perm("offers.view_privateoffer"):
        standings = offers_by_status(at)
        shown["standings"] = standings
        shown["offers"] = sum(standing.count for standing in standings)
        shown["has_altshop"] = AltShop.objects.exists()
        shown["events"] = next_events(at)
    kinds = [kind.slug for kind in registry.runnable_by(user)]
    if kinds:
        shown["jobs"] = latest_imports(kinds)
    return shown


def permissions(user: AbstractUser | AnonymousUser) -> dict[str, bool]:
    """Which quick actions this user has."""
    return {
        "add_offer": user.has_perm("offers.add_privateoffer"),
        "add_altshop": user.has_perm("offers.add_altshop"),
        "import_emails": user.has_perm("offers.import_assignments"),
        "import_any": bool(registry.importable_by(user)),
        "find_customers": user.has_perm("customers.view_customer"),
    }


def offers_by_status(at: dt.datetime) -> list[Standing]:
    """Every status, also of no offer. One query."""
    # Any, as the type checker loses sight of what with_status annotates.
    offers: QuerySet[Any] = PrivateOffer.objects.with_status(at).order_by()
    counted = dict(offers.values_list("status_at").annotate(count=Count("pk")))
    return [Standing(status, counted.get(status.value, 0)) for status in SHOWN_AS]


def next_events(at: dt.datetime) -> list[Event]:
    """What starts or ends within the horizon, the soonest first. Two queries."""
    active = PrivateOffer.objects.filter(is_active=True).select_related("picture")
    active = active.annotate(has_nobody=nobody_can_see())
    until, today = at + HORIZON, timezone.localdate(at)
    starting = active.filter(start__gt=at, start__lte=until).order_by("start", "pk")
    ending = active.filter(end__gt=at, end__lte=until).order_by("end", "pk")
    events: Iterable[Event] = heapq.merge(
        [Event(offer.start, offer, True, today) for offer in starting[:MOST_EVENTS]],
        [Event(offer.end, offer, False, today) for offer in ending[:MOST_EVENTS]],
        key=lambda event: event.at,
    )
    return list(events)[:MOST_EVENTS]


def latest_imports(kinds: list[str]) -> list[Job]:
    """The newest jobs of these types, with their counts. A query, and one for each type."""
    jobs = list(Job.objects.filter(type__in=kinds).select_related("user")[:MOST_IMPORTS])
    label(jobs)
    for job in jobs:
        job.parts, job.result = parts(job), result(job)  # type: ignore[attr-defined]
    return jobs
