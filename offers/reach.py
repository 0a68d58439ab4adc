"""How many customers an offer reaches: those with an assigned e-mail, and whoever else is aimed at.

Counted in one pass over the customers, however many groups and audiences overlap.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from customers.models import Audience, AudienceMember, Customer, CustomerGroup, GroupMember
from offers.models import Assignment, PrivateOffer


@dataclass(frozen=True)
class Reach:
    """`others` are in a group or an audience without having an assigned e-mail."""

    emails: int
    others: int

    @property
    def total(self) -> int:
        return self.emails + self.others


def reach(
    *,
    offer: PrivateOffer | None,
    groups: Collection[CustomerGroup],
    audiences: Collection[Audience],
    at: dt.datetime,
) -> Reach:
    """Of `offer`'s e-mails with these targets, instead of those it has. One query, two at most."""
    followed = [group.audience for group in groups if group.audience]
    here = Q(pk__in=GroupMember.objects.filter(group__in=groups).values("customer_id")) | among(
        [*audiences, *followed], at
    )
    others = Customer.objects.listed().filter(here)
    if offer is not None:
        has_email = Assignment.objects.filter(offer_id=offer.pk, customer_id=OuterRef("pk"))
        others = others.exclude(Exists(has_email))
    emails = offer.assigned_count if offer else 0
    return Reach(emails, others.count() if groups or audiences else 0)


def among(audiences: Collection[Audience], at: dt.datetime) -> Q:
    """True of customers who are in one of them."""
    members = AudienceMember.objects.filter(audience__in=audiences).values("customer_id")
    return Q(pk__in=members)
