"""The tab Customers of a group: who is in it, who comes and who goes (D7–D10)."""

import structlog
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.admin.group_form import NumbersForm
from customers.admin.group_pages import page_of
from customers.membership import FOLLOWS, Addition, add, remove
from customers.models import Customer, CustomerGroup
from imports.backoffice import members

TEMPLATES = "admin/customers/customergroup"
log = structlog.get_logger(__name__)


def render(request: HttpRequest, group: CustomerGroup) -> SafeString:
    """The tab. Two queries, or three for a search."""
    may_change = request.user.has_perm("customers.change_members") and not group.audience
    context = {
        "group": group,
        "cl": page_of(request, group, timezone.localtime()),
        "place": _place(request),
        "may_change": may_change,
        "may_see_audience": request.user.has_perm("customers.view_audience"),
    }
    return SafeString(render_to_string(f"{TEMPLATES}/members.html", context, request))


def add_page(admin: ModelAdmin, request: HttpRequest, group_id: int) -> HttpResponse:
    """Create (D9): paste numbers, and read what became of them."""
    group = _changeable(admin, request, group_id)
    if group.audience_id:
        messages.error(request, str(FOLLOWS))
        return redirect(_tab(group))
    form = NumbersForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        addition = add(group=group, numbers=form.cleaned_data["numbers"])
        if addition.added:
            admin.log_change(request, group, f"{addition.added} members added")
        return report(admin, request, group, addition, _tab(group))
    context = {"form": form, "title": _("Add customers"), "back": _tab(group)}
    return members.page(admin, request, group, "admin/members/add.html", context)


def remove_page(
    admin: ModelAdmin, request: HttpRequest, group_id: int, customer_id: int
) -> HttpResponse:
    """Delete (D10): asks first. Afterwards the list is where it was."""
    group = _changeable(admin, request, group_id)
    if not request.user.has_perm("customers.view_customer"):
        raise PermissionDenied
    customer = get_object_or_404(Customer.objects.listed(), pk=customer_id)
    back = f"{_tab(group)}&{_place(request)}"
    if group.audience_id:
        messages.error(request, str(FOLLOWS))
        return redirect(back)
    if request.method == "POST":
        _remove(admin, request, group, customer)
        return redirect(back)
    context = {"customer": customer, "title": _("Delete from the group"), "back": back}
    return members.page(admin, request, group, f"{TEMPLATES}/remove_member.html", context)


def report(
    admin: ModelAdmin, request: HttpRequest, group: CustomerGroup, addition: Addition, back: str
) -> HttpResponse:
    """What became of a list; a page of its own only if numbers were skipped."""
    log.info(
        "members_added",
        group=group.pk,
        added=addition.added,
        unknown=len(addition.unknown),
        user=request.user.pk,
    )
    if not addition.unknown:
        messages.success(request, f"{group}: {' '.join(_sentences(addition))}")
        return redirect(back)
    context = {
        "title": _("What became of the numbers"),
        "sentences": _sentences(addition),
        "back": _tab(group),
        **members.skipped(addition.unknown),
    }
    return members.page(admin, request, group, f"{TEMPLATES}/report.html", context)


def _sentences(addition: Addition) -> list[str]:
    added, already, repeated = addition.added, addition.already, addition.repeated
    told = [ngettext("%d customer added.", "%d customers added.", added) % added]
    if already:
        text = ngettext("%d was a member already.", "%d were members already.", already)
        told.append(text % already)
    if repeated:
        text = ngettext("%d repeated number.", "%d repeated numbers.", repeated)
        told.append(text % repeated)
    return told


def _changeable(admin: ModelAdmin, request: HttpRequest, group_id: int) -> CustomerGroup:
    """Raises PermissionDenied, or Http404."""
    allowed = request.user.has_perm("customers.change_members")
    if not (allowed and admin.has_view_or_change_permission(request)):
        raise PermissionDenied
    return get_object_or_404(CustomerGroup, pk=group_id)


def _remove(
    admin: ModelAdmin, request: HttpRequest, group: CustomerGroup, customer: Customer
) -> None:
    if remove(group=group, customers=[customer]):
        admin.log_change(request, group, f"member #{customer.pk} removed")
        text = _("%(customer)s is no longer in the group.")
        messages.success(request, text % {"customer": customer})
    else:
        text = _("%(customer)s was not in the group any more.")
        messages.info(request, text % {"customer": customer})


def _place(request: HttpRequest) -> str:
    """Where in the list somebody was, as the list's own links say it."""
    kept = request.GET.copy()
    kept.pop("tab", None)
    return kept.urlencode()


def _tab(group: CustomerGroup) -> str:
    return f"{reverse('admin:customers_customergroup_change', args=[group.pk])}?tab=customers"
