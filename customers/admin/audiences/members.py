"""The customers in an audience, as a tab of its page."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from customers.audiences.members import members
from customers.models import Audience, Customer
from imports.backoffice import Tab

PAGE = 50


@dataclass(frozen=True)
class Page:
    """A page of customers by id, found by the last one of the page before."""

    rows: list[Customer]
    is_first: bool
    next: int | None


def page_of(audience: Audience, request: HttpRequest) -> Page:
    """One query for a fixed list; two more for what conditions are about."""
    after = request.GET.get("after", "")
    last = int(after) if after.isdecimal() and len(after) < 10 else 0
    found = members(audience, timezone.localtime()).filter(pk__gt=last).order_by("pk")
    rows = list(found[: PAGE + 1])
    more = len(rows) > PAGE
    return Page(rows[:PAGE], not last, rows[PAGE - 1].pk if more else None)


def members_tab(request: HttpRequest, audience: Any) -> SafeString:
    context = {
        "audience": audience,
        "page": page_of(audience, request),
        "may_import": request.user.has_perm("customers.import_audience"),
    }
    return render_to_string("admin/customers/audience/members.html", context, request)


MEMBERS = Tab("members", _("Customers"), "customers.view_customer", members_tab, order=10)
