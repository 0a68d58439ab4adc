"""How many people an offer reaches: those with an assigned e-mail, and whoever else is aimed at.

Counted in one pass over the customers, however much groups and audiences overlap.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from customers.audiences.counting import counting
from customers.audiences.fields import condition_fields
from customers.audiences.sql import Matching
from customers.audiences.tree import parse_all
from customers.models import Audience, AudienceMember, Customer, CustomerGroup, GroupMember
from offers.models import Assignment, PrivateOffer


@dataclass(frozen=True)
class Reach:
    """`emails` may wait for their owners; `others` are customers without an assigned e-mail."""

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
    """Of the e-mails that `offer` has, with these targets instead of its own.

    Four queries at most. Raises ValidationError if they take too long.
    """
    emails = offer.assigned_count if offer else 0
    if not (groups or audiences):
        return Reach(emails, 0)
    followed = [group.audience for group in groups if group.audience]
    listed = GroupMember.objects.filter(group__in=groups, customer_id=OuterRef("pk"))
    aimed_at = Q(Exists(listed)) | in_any([*audiences, *followed], at)
    others = Customer.objects.listed().filter(aimed_at)
    if offer is not None:
        has_email = Assignment.objects.filter(offer_id=offer.pk, customer_id=OuterRef("pk"))
        others = others.exclude(Exists(has_email))
    with counting():
        return Reach(emails, others.count())


def in_any(audiences: Collection[Audience], at: dt.datetime) -> Q:
    """True of customers who are in one of them. Two queries for conditions."""
    members = AudienceMember.objects.filter(audience__in=audiences, customer_id=OuterRef("pk"))
    found = Q(Exists(members))
    conditions = {each.pk: each.conditions for each in audiences if each.is_dynamic}
    for node in parse_all(conditions, condition_fields()).values():
        found |= Q(Matching(node, at))
    return found
