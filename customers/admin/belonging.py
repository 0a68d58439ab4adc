"""The tab of a customer's page with their groups and audiences, and why they are in each."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from customers.admin.customers import CustomerAdmin
from customers.audiences.fields import condition_fields
from customers.audiences.index import audiences_of
from customers.audiences.tree import parse_all
from customers.audiences.words import in_words
from customers.models import Audience, Customer, CustomerGroup, GroupMember
from imports.backoffice import Tab
from imports.models import UndoRecord


@dataclass(frozen=True)
class Joining:
    """By which job somebody came into a group by phone numbers or a fixed audience."""

    job: int
    at: dt.datetime


def groups_and_audiences(request: HttpRequest, customer: Customer) -> SafeString:
    """Eight queries at most, however many they are."""
    within = audiences_of(customer, timezone.localtime())
    may_see_audiences = request.user.has_perm("customers.view_audience")
    audiences = list(Audience.objects.filter(pk__in=within)) if may_see_audiences else []
    by_conditions = {each.pk: each.conditions for each in audiences if each.is_dynamic}
    nodes = parse_all(by_conditions, condition_fields())
    joined = joinings(customer)
    may_see_jobs = {
        "group": request.user.has_perm("customers.import_members"),
        "audience": request.user.has_perm("customers.import_audience"),
    }
    context = {
        "may_see_audiences": may_see_audiences,
        "groups": [
            (group, joined.get(("group-members", group.pk)), may_see_jobs["group"])
            for group in _groups(customer, within)
        ],
        "audiences": [
            (
                each,
                in_words(nodes[each.pk]) if each.pk in nodes else "",
                joined.get(("audience-members", each.pk)),
                may_see_jobs["audience"],
            )
            for each in audiences
        ],
    }
    template = "admin/customers/customer/groups_and_audiences.html"
    return SafeString(render_to_string(template, context, request))


def _groups(customer: Customer, within: frozenset[int]) -> list[CustomerGroup]:
    """Two queries: the database would look through all groups for both at once."""
    listed = GroupMember.objects.filter(customer=customer).values("group_id")
    follow = CustomerGroup.objects.filter(audience_id__in=within).select_related("audience")
    return sorted(
        [*CustomerGroup.objects.filter(pk__in=listed), *follow], key=lambda group: group.title
    )


def joinings(customer: Customer) -> dict[tuple[str, Any], Joining]:
    """By type of job and group or audience, which job added them last, as far as is known."""
    records = UndoRecord.objects.filter(
        job__type__in=["group-members", "audience-members"],
        part="joined",
        ids__contains=[customer.pk],
    )
    found = records.order_by("pk").values_list("job__type", "key", "job_id", "job__created_at")
    return {(type_, key): Joining(job, at) for type_, key, job, at in found}


CustomerAdmin.tabs.append(
    Tab(
        key="groups",
        title=_("Groups and audiences"),
        permission="customers.view_customergroup",
        render=groups_and_audiences,
        order=40,
    )
)
