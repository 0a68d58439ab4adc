"""Who is in an audience."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet

from customers.audiences.fields import condition_fields
from customers.audiences.sql import Matching
from customers.audiences.tree import Node, parse
from customers.models import Audience, AudienceMember, Customer


def matching(node: Node, at: dt.datetime) -> QuerySet[Customer]:
    """The customers of whom the conditions are true `at`; prospects are left out."""
    return Customer.objects.listed().filter(Matching(node, at))


def members(audience: Audience, at: dt.datetime) -> QuerySet[Customer]:
    """The customers in an audience `at`; nobody if its conditions make no sense any more.

    Two queries for conditions, beside the queryset's own.
    """
    if not audience.is_dynamic:
        listed = AudienceMember.objects.filter(audience=audience, customer=OuterRef("pk"))
        return Customer.objects.listed().filter(Exists(listed))
    node = understood(audience.conditions)
    return Customer.objects.none() if node is None else matching(node, at)


def understood(conditions: Any) -> Node | None:
    """The tree of stored conditions; None if they make no sense any more. Two queries."""
    try:
        return parse(conditions, condition_fields())
    except ValidationError:
        return None
