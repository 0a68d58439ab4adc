"""The tab of a customer's page with who changed what, when, and how they came to be here."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.admin.customers import CustomerAdmin
from customers.attributes.fields import defined
from customers.models import Customer, CustomerChange, User
from imports import registry
from imports.backoffice import Tab
from imports.models import UndoRecord
from imports.resources import Text

MOST = 100
"""Of each kind of entry, the latest."""


@dataclass(frozen=True)
class Entry:
    at: dt.datetime
    what: Text
    who: Text = ""
    details: Text = ""
    url: str = ""


def history(request: HttpRequest, customer: Customer) -> SafeString:
    """Six queries at most, however long it is."""
    entries = [
        *_beginnings(customer),
        *_changes(customer),
        *_jobs(request, customer),
        *_looks(customer),
    ]
    context = {"entries": sorted(entries, key=lambda entry: entry.at, reverse=True), "most": MOST}
    template = "admin/customers/customer/history.html"
    return SafeString(render_to_string(template, context, request))


def _beginnings(customer: Customer) -> Iterator[Entry]:
    yield Entry(customer.created_at, _("First known here"))
    user = customer.user
    if user:
        yield Entry(user.date_joined, _("Signed in for the first time"), details=user.email)
        if user.last_login and user.last_login != user.date_joined:
            yield Entry(user.last_login, _("Signed in last"))


def _changes(customer: Customer) -> Iterator[Entry]:
    """By hand and by the API. Two queries."""
    labels = _labels()
    for change in customer.changes.select_related("user").order_by("-pk")[:MOST]:
        what = _("Created") if change.created else _("Changed")
        if change.way == CustomerChange.Way.API:
            what = _("Created by the API") if change.created else _("Changed by the API")
        names = [str(labels.get(field, field)) for field in change.fields]
        who = _name(change.user) if change.user else _("a user who was deleted")
        yield Entry(change.at, what, who, ", ".join(names))


def _labels() -> dict[str, Text]:
    fields = {field.name: field.verbose_name for field in Customer._meta.concrete_fields}
    return {**fields, **{key: field.label for key, field in defined().items()}}


def _jobs(request: HttpRequest, customer: Customer) -> Iterator[Entry]:
    """What imports and other jobs did, as far as they can still be undone. One query."""
    records = UndoRecord.objects.filter(ids__contains=[customer.pk]).order_by("job_id")
    found = records.select_related("job__user").defer("ids", "rows")
    for job in {record.job_id: record.job for record in found}.values():
        kind = registry.registered.get(job.type)
        if kind is None:
            continue
        may_look = request.user.has_perm(kind.permission)
        url = reverse("admin:imports_job_change", args=[job.pk]) if may_look else ""
        what = _("Import or other job: %(title)s") % {"title": kind.title}
        yield Entry(job.created_at, what, _name(job.user) if job.user else "", url=url)


def _looks(customer: Customer) -> Iterator[Entry]:
    """Who looked at the account page as this customer. One query."""
    looks = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Customer), object_id=str(customer.pk)
    )
    for look in looks.select_related("user")[:MOST]:
        yield Entry(look.action_time, look.get_change_message(), _name(look.user))


def _name(user: User) -> str:
    return user.get_full_name() or user.email


CustomerAdmin.tabs.append(
    Tab(
        key="history",
        title=gettext_lazy("History"),
        permission="customers.view_customer",
        render=history,
        order=90,
    )
)
