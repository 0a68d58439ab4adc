"""How many customers conditions describe while they are edited."""

import datetime as dt
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from customers.admin.audiences.builder import places, read
from customers.admin.target_rights import condition_fields_seen_by
from customers.audiences.counting import Count, count, sample
from customers.audiences.tree import Node, parse
from customers.audiences.words import in_words
from customers.models import Audience, Customer

LONGEST = dt.timedelta(seconds=3)
"""After which a statement is given up while somebody types."""


def live_count(admin: ModelAdmin, request: HttpRequest) -> HttpResponseBase:
    """The answer to conditions that somebody is writing: figures, or what is wrong with them."""
    if not (admin.has_view_permission(request) or admin.has_add_permission(request)):
        raise PermissionDenied
    if request.method != "POST":
        return JsonResponse({}, status=405)
    now = timezone.localtime()
    try:
        fields = condition_fields_seen_by(request.user)
        data = read(request.POST.get("conditions", ""), fields)
        node = parse(data, fields)
    except ValidationError as error:
        return JsonResponse({"errors": places(error)})
    try:
        figures = _figures(request, node, now)
    except ValidationError:
        return JsonResponse({"slow": True})
    if (number := request.POST.get("audience", "")).isdecimal() and len(number) < 10:
        note_count(int(number), data, figures["count"], now)
    return JsonResponse({**figures, "words": in_words(node)})


def _figures(request: HttpRequest, node: Node, now: dt.datetime) -> dict[str, Any]:
    found = count(node, now, LONGEST)
    may_see = request.user.has_perm("customers.view_customer")
    customers = sample(node, now, longest=LONGEST) if may_see and found.customers else []
    return {
        "count": found.customers,
        "unit": npgettext("after a number", "customer", "customers", found.customers),
        "percent": round(100 * found.share, 2),
        "share": share(found),
        "said": f"{written(found.customers)}. {share(found)}",
        "sample": [{"name": str(each), "url": page_of(each)} for each in customers],
        "may_see": may_see,
    }


def share(found: Count) -> str:
    """What part of all customers that is, in words."""
    if not found.of:
        return _("There are no customers yet.")
    percent = 100 * found.share
    if 0 < percent < 0.1:
        part = _("less than 0.1%")
    else:
        whole = found.customers in (0, found.of)
        part = f"{number_format(percent, decimal_pos=0 if whole else 1)}%"
    return _("%(part)s of all %(number)s") % {
        "part": part,
        "number": number_format(found.of, force_grouping=True),
    }


def written(customers: int) -> str:
    number = number_format(customers, force_grouping=True)
    return ngettext("%(number)s customer", "%(number)s customers", customers) % {"number": number}


def page_of(customer: Customer) -> str:
    return reverse("admin:customers_customer_change", args=[customer.pk])


def note_count(audience_id: int, conditions: Any, found: int, at: dt.datetime) -> None:
    """Keep a count for the list, unless the audience has other conditions by now."""
    Audience.objects.filter(pk=audience_id, conditions=conditions).update(
        members_count=found, counted_at=at
    )
