"""Who is in which customer group, by the handful; customers/group_members.py by the million.

Whoever changes members holds the group's row first (several groups in the order of their ids),
so that two changes wait for each other instead of blocking each other. The database counts.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from customers.audiences.members import members as members_of_audience
from customers.models import Customer, CustomerGroup


@dataclass(frozen=True)
class Addition:
    """What became of the numbers of a list; all of them together."""

    added: int
    already: int
    repeated: int
    unknown: tuple[str, ...]
    """Numbers that no customer has, in the order of the list."""


@transaction.atomic
def add(*, group: CustomerGroup, numbers: Iterable[str]) -> Addition:
    """Add the customers with these normalised phone numbers (D2). Two queries, however many.

    Raises ValidationError for a group that follows an audience.
    """
    listed = list(numbers)
    wanted = list(dict.fromkeys(listed))
    hold(group)
    with connection.cursor() as cursor:
        cursor.execute(ADD, {"group": group.pk, "numbers": wanted})
        added, known = cursor.fetchone()
    group.members_count += added
    found = set(known)
    return Addition(
        added=added,
        already=len(found) - added,
        repeated=len(listed) - len(wanted),
        unknown=tuple(number for number in wanted if number not in found),
    )


@transaction.atomic
def remove(*, group: CustomerGroup, customers: Iterable[Customer]) -> int:
    """Remove customers from a group; how many were in it. Two queries.

    Raises ValidationError for a group that follows an audience.
    """
    hold(group)
    ids = [customer.pk for customer in customers]
    with connection.cursor() as cursor:
        cursor.execute(REMOVE, {"group": group.pk, "customers": ids})
        removed = cursor.rowcount
    group.members_count -= removed
    return removed


def hold(group: CustomerGroup) -> None:
    """Lock the group's row until the transaction ends, and read its count. One query."""
    held = CustomerGroup.objects.select_for_update(no_key=True).only("type", "members_count")
    group.members_count = held.get(pk=group.pk).members_count
    if group.type != CustomerGroup.Type.PHONES:
        raise ValidationError(FOLLOWS, code="audience_group")


def members_of(group: CustomerGroup, at: dt.datetime) -> QuerySet[Customer]:
    """The customers in a group; of one that follows an audience, those of whom it is true `at`."""
    if group.audience:
        return members_of_audience(group.audience, at)
    return Customer.objects.filter(pk__in=group.members.values("customer_id"))


FOLLOWS = _("This group is whoever is in its audience: nobody is added or removed by hand.")

# Customers are kept from being deleted before they are members.
ADD = """
    WITH found AS (
        SELECT id, phone FROM customers_customer
        WHERE phone = ANY(%(numbers)s) AND NOT is_prospect ORDER BY id FOR KEY SHARE
    ), made AS (
        INSERT INTO customers_groupmember (customer_id, group_id)
        SELECT id, %(group)s FROM found ORDER BY id ON CONFLICT DO NOTHING RETURNING 1
    )
    SELECT (SELECT count(*) FROM made), ARRAY(SELECT phone FROM found)
"""

REMOVE = """
    DELETE FROM customers_groupmember
    WHERE group_id = %(group)s AND customer_id = ANY(%(customers)s)
"""
