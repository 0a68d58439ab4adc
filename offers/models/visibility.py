"""Which private offers are seen, by whom and when: the rule as the database asks it."""

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple, Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from customers.audiences.index import audiences_of
from customers.models import Customer, GroupMember
from offers.models.altshops import AltShop
from offers.models.assignments import Assignment
from offers.models.targets import PrivateOfferAudience, PrivateOfferGroup

if TYPE_CHECKING:
    from offers.models.private_offers import PrivateOffer  # noqa: F401 named by the queryset


class Status(models.TextChoices):
    OFF = "off", _("Off")
    ENDED = "ended", _("Ended")
    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live")


class PrivateOfferQuerySet(models.QuerySet["PrivateOffer"]):
    def with_status(self, at: dt.datetime) -> Self:
        """Annotated `status_at`: what PrivateOffer.status(at) says, for filters and sorting."""
        return self.annotate(
            status_at=Case(
                When(is_active=False, then=Value(Status.OFF)),
                When(end__lte=at, then=Value(Status.ENDED)),
                When(nobody_can_see(), then=Value(Status.DRAFT)),
                When(start__gt=at, then=Value(Status.SCHEDULED)),
                default=Value(Status.LIVE),
                output_field=models.CharField(),
            )
        )

    def live(self, at: dt.datetime) -> Self:
        """Offers that are on and in their window `start <= at < end` (T21, T22, T24)."""
        return self.filter(is_active=True, start__lte=at, end__gt=at)

    def visible_to(self, customer: Customer, altshop: AltShop, at: dt.datetime) -> Self:
        """What this customer sees in this altshop, in the panel's order (T20–T27).

        One query for the public offers and those that reach the customer by e-mail, by a group
        and by an audience, which it is annotated with; before it, those of `audiences_of`.
        Conditions of audiences are about the day in the altshop.
        """
        ways = Q(is_public=True) | Q(by_email=True) | Q(by_group=True) | Q(by_audience=True)
        return (
            self.live(at)
            .with_ways(customer, targets_with(customer, at.astimezone(altshop.zone)))
            .filter(ways, altshops=altshop)
            .order_by("sort_order", "pk")
        )

    def with_ways(self, customer: Customer, targets: "Targets") -> Self:
        """Annotated `by_email`, `by_group`, `by_audience`: how an offer reaches the customer."""
        mine = Assignment.objects.filter(customer_id=customer.pk)
        return self.annotate(
            by_email=Exists(mine.filter(offer_id=OuterRef("pk"))),
            by_group=Exists(targets.groups.filter(offer_id=OuterRef("pk"))),
            by_audience=Exists(targets.audiences.filter(offer_id=OuterRef("pk"))),
        )


class Targets(NamedTuple):
    groups: models.QuerySet[PrivateOfferGroup]
    audiences: models.QuerySet[PrivateOfferAudience]


def targets_with(customer: Customer, at: dt.datetime) -> Targets:
    """The groups and audiences of offers in which the customer is; a prospect is in none.

    Today is the day that `at` has in its own zone. As many queries as `audiences_of`.
    """
    if customer.is_prospect:
        return Targets(PrivateOfferGroup.objects.none(), PrivateOfferAudience.objects.none())
    audiences = audiences_of(customer, at)
    member = GroupMember.objects.filter(customer_id=customer.pk).values("group_id")
    return Targets(
        PrivateOfferGroup.objects.filter(Q(group__in=member) | Q(group__audience__in=audiences)),
        PrivateOfferAudience.objects.filter(audience__in=audiences),
    )


def nobody_can_see() -> Q:
    """True of private offers without e-mails, groups and audiences."""
    here = {"offer_id": OuterRef("pk")}
    return Q(
        ~Exists(PrivateOfferGroup.objects.filter(**here)),
        ~Exists(PrivateOfferAudience.objects.filter(**here)),
        is_public=False,
        assigned_count=0,
    )
