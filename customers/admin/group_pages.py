"""The pages of a group's list of members, as quick for a million of them as for ten."""

import datetime as dt
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest

from customers.membership import members_of
from customers.models import Customer, CustomerGroup
from customers.models.customers import CustomerQuerySet
from imports.backoffice.counting import Count, Precision, count_up_to
from imports.backoffice.members import Asked, TabList
from imports.backoffice.pages import Pages, Position, pages_in_reach

COUNTED = 10_000
FOUND = 2_000


def page_of(request: HttpRequest, group: CustomerGroup, at: dt.datetime) -> TabList:
    """The page that is asked for, in the order of the customers' ids. Two queries or three."""
    asked = Asked.by(request, "customers")
    ids, field, count, limit = _wanted(group, asked.query, at)
    reach = pages_in_reach(count, size=asked.size, limit=limit)
    position = _position(request, reach, all_numbered=count.number <= limit)
    found = _ids(ids, field, position, asked.size)
    more = position.backwards or len(found) > asked.size
    shown = Customer.objects.filter(pk__in=found[: asked.size]).order_by("pk")
    return TabList(asked, Pages(position, asked.size, count, reach, list(shown), more, asked.link))


def _wanted(
    group: CustomerGroup, query: str, at: dt.datetime
) -> tuple[QuerySet[Any, int] | list[int], str, Count, int]:
    """Ids of the members, the field that orders them, how many they are, how many are in reach.

    Members by phone numbers are read from their own index, and never counted.
    """
    if query:
        customers = cast(CustomerQuerySet, members_of(group, at))
        found = customers.search(query).order_by().values_list("pk", flat=True)
        ids = sorted(found[: FOUND + 1])
        exact = Precision.EXACT if len(ids) <= FOUND else Precision.MORE_THAN
        return ids[:FOUND], "", Count(min(len(ids), FOUND), exact), FOUND
    if group.audience:
        members = members_of(group, at)
        count = count_up_to(COUNTED, members)
        return members.values_list("pk", flat=True), "pk", count, COUNTED
    members_ids = group.members.values_list("customer_id", flat=True)
    return members_ids, "customer_id", Count(group.members_count, Precision.EXACT), COUNTED


def _position(request: HttpRequest, reach: int, *, all_numbered: bool) -> Position:
    """Beyond the numbered pages, the customer beside which the page lies counts."""
    number = _number(request.GET.get("p")) or 1
    for name in ("after", "before"):
        row = _number(request.GET.get(name))
        if number > reach and row and not all_numbered:
            return Position(number, row, backwards=name == "before")
    return Position(min(max(number, 1), reach))


def _number(text: str | None) -> int | None:
    fits = text and text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if text and fits else None


def _ids(
    ids: QuerySet[Any, int] | list[int], field: str, position: Position, size: int
) -> list[int]:
    """The ids of a page as they are met, with one more if there is a page behind it."""
    first = (position.number - 1) * size
    if isinstance(ids, list):
        return ids[first : first + size + 1]
    if position.row is None:
        return list(ids.order_by(field)[first : first + size + 1])
    if position.backwards:
        return list(ids.filter(**{f"{field}__lt": position.row}).order_by(f"-{field}")[:size])
    return list(ids.filter(**{f"{field}__gt": position.row}).order_by(field)[: size + 1])
