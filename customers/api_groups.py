"""The API of customer groups: which there are, who is in them, who comes and goes.

Groups are made and renamed in the back-office; nobody deletes them (D4).
"""

import datetime as dt
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from pydantic import WithJsonSchema

from customers.api import KeyAuth, need
from customers.identity import normalize_phone
from customers.keys import Scope
from customers.membership import FOLLOWS, add, members_of, remove
from customers.models import Customer, CustomerGroup
from imports.answers import Problem, problems

router = Router(tags=["Customer groups"])
READ, WRITE = KeyAuth(Scope.GROUPS_READ), KeyAuth(Scope.GROUPS_WRITE)
MOST = 1_000
MOST_NUMBERS = 10_000
LARGEST_ID = 2**31 - 1
# Written out in the description: under its own name, Type, it would be taken for that of an offer.
GroupType = Annotated[
    CustomerGroup.Type, WithJsonSchema({"type": "string", "enum": CustomerGroup.Type.values})
]


class GroupOut(Schema):
    id: int = Field(examples=[7])
    title: str = Field(examples=["Cake lovers"])
    type: GroupType = Field(description="What it is made of.")
    users_count: int | None = Field(
        description="Of a group by audience as it was last counted, or null.", examples=[1250]
    )

    @staticmethod
    def resolve_users_count(group: CustomerGroup) -> int | None:
        if group.audience is None:
            return group.members_count
        uncounted = group.audience.is_dynamic and group.audience.counted_at is None
        return None if uncounted else group.audience.members_count


class MemberOut(Schema):
    id: int = Field(examples=[42])
    external_id: str | None = Field(examples=["C-1001"])
    phone: str | None = Field(examples=["380980000000"])


class GroupPage(Schema):
    items: list[GroupOut]
    next: int | None = Field(description="`after` of the next page; null on the last one.")


class MemberPage(Schema):
    items: list[MemberOut]
    next: int | None = Field(description="`after` of the next page; null on the last one.")


class PageWanted(Schema):
    after: int = Field(0, ge=0, le=LARGEST_ID, description="`next` of the page before.")
    limit: int = Field(100, ge=1, le=MOST)


class Numbers(Schema):
    numbers: list[Annotated[str, Field(max_length=40)]] = Field(
        min_length=1,
        max_length=MOST_NUMBERS,
        description="With country codes. +, spaces and dashes don't matter.",
        examples=[["380980000000", "+48 600-100-200"]],
    )


class MembersAdded(Schema):
    added: int = Field(examples=[1])
    already: int = Field(description="Were members before.", examples=[0])
    unknown: list[str] = Field(
        description="Skipped: no customer has them.", examples=[["48600100200"]]
    )


class MembersRemoved(Schema):
    removed: int = Field(description="Were members until now.", examples=[1])


@router.get("", response={200: GroupPage, **problems(422)}, auth=READ, summary="Customer groups")
def groups(request: HttpRequest, page: Query[PageWanted]) -> dict[str, Any]:
    """By ascending ID. A group is made of phone numbers, or of whoever is in an audience."""
    need(request, "customers.view_customergroup")
    return _page(CustomerGroup.objects.select_related("audience"), page)


@router.get(
    "/{int:group}/members",
    response={200: MemberPage, **problems(404, 422)},
    auth=READ,
    summary="Customers in a group",
)
def members(request: HttpRequest, group: int, page: Query[PageWanted]) -> dict[str, Any]:
    """By ascending ID; of a group by audience, those who are in the audience now."""
    need(request, "customers.view_customergroup")
    need(request, "customers.view_customer")
    found = _group(group)
    if found.audience:
        return _page(members_of(found, _now()), page)
    # From the index of the group: a page of a million members costs what one of ten costs.
    ids = found.members.filter(customer_id__gt=page.after).order_by("customer_id")
    shown = list(ids.values_list("customer_id", flat=True)[: page.limit + 1])
    return _page(Customer.objects.filter(pk__in=shown), page)


@router.post(
    "/{int:group}/members",
    response={200: MembersAdded, **problems(404, 409, 422)},
    auth=WRITE,
    summary="Add customers to a group",
)
def add_members(request: HttpRequest, group: int, body: Numbers) -> dict[str, Any]:
    """By phone numbers; a malformed one refuses all. Adding again changes nothing."""
    need(request, "customers.change_members")
    addition = add(group=_by_numbers(group), numbers=_normal(body.numbers))
    return {
        "added": addition.added,
        "already": addition.already,
        "unknown": list(addition.unknown),
    }


@router.post(
    "/{int:group}/members/remove",
    response={200: MembersRemoved, **problems(404, 409, 422)},
    auth=WRITE,
    summary="Remove customers from a group",
)
def remove_members(request: HttpRequest, group: int, body: Numbers) -> dict[str, int]:
    """By phone numbers. Removing again changes nothing; the customers themselves stay."""
    need(request, "customers.change_members")
    customers = Customer.objects.listed().filter(phone__in=_normal(body.numbers))
    return {"removed": remove(group=_by_numbers(group), customers=customers)}


def _page(queryset: Any, page: PageWanted) -> dict[str, Any]:
    """One query."""
    rows = list(queryset.filter(pk__gt=page.after).order_by("pk")[: page.limit + 1])
    more = len(rows) > page.limit
    return {"items": rows[: page.limit], "next": rows[page.limit - 1].pk if more else None}


def _now() -> dt.datetime:
    """In the zone of the request: conditions may ask for the day."""
    return timezone.localtime()


def _group(number: int) -> CustomerGroup:
    """One query. Raises Problem."""
    group = CustomerGroup.objects.select_related("audience").filter(pk=number).first()
    if group is None:
        raise Problem(404, "unknown_group", "There is no such group.")
    return group


def _by_numbers(number: int) -> CustomerGroup:
    """A group whose members may be changed. Raises Problem."""
    group = _group(number)
    if group.audience:
        raise Problem(409, "audience_group", FOLLOWS)
    return group


def _normal(numbers: list[str]) -> list[str]:
    """Raises Problem that says where the first wrong one is, without repeating it."""
    found = []
    for place, number in enumerate(numbers):
        try:
            found.append(normalize_phone(number))
        except ValidationError as error:
            raise Problem(422, "phone", f"numbers[{place}]: {error.messages[0]}") from error
    return found
