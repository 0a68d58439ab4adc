"""Which private offers are seen, by whom and when: the rule as the database asks it."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from customers.models import AudienceMember, Customer, GroupMember
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

        One query for public offers and those that reach the customer by e-mail, by a group and
        by an audience; before it, those of `audiences_of`. Conditions of audiences are about the
        day in the altshop.
        """
        mine = Assignment.objects.filter(customer_id=customer.pk, offer_id=OuterRef("pk"))
        ways = Q(is_public=True) | Q(Exists(mine))
        if not customer.is_prospect:
            audiences = AudienceMember.objects.filter(customer_id=customer.pk).values_list(
                "audience_id", flat=True
            )
            ways |= aimed_at(customer, audiences)
        return self.live(at).filter(ways, altshops=altshop).order_by("sort_order", "pk")


def nobody_can_see() -> Q:
    """True of private offers without e-mails, groups and audiences."""
    targets = [
        Exists(model.objects.filter(offer_id=OuterRef("pk")))
        for model in (PrivateOfferGroup, PrivateOfferAudience)
    ]
    return Q(~targets[0], ~targets[1], is_public=False, assigned_count=0)


def aimed_at(customer: Customer, audiences: Iterable[int]) -> Q:
    """True of offers aimed at a group or an audience in which the customer is.

    `audiences` are all that the customer is in; groups that follow one of them are found by it.
    """
    audiences = list(audiences)
    member = GroupMember.objects.filter(customer_id=customer.pk).values("group_id")
    groups = PrivateOfferGroup.objects.filter(
        Q(group__in=member) | Q(group__audience__in=audiences), offer_id=OuterRef("pk")
    )
    among = PrivateOfferAudience.objects.filter(audience__in=audiences, offer_id=OuterRef("pk"))
    return Q(Exists(groups)) | Q(Exists(among))
