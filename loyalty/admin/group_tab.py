"""The tab Cashback of a customer group (D11–D17): fill in, see what it would do, confirm."""

import uuid
from typing import TYPE_CHECKING, Any, cast

import structlog
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from customers.admin.groups import CustomerGroupAdmin
from customers.models import CustomerGroup, User
from imports.backoffice import Tab
from loyalty.admin import wording
from loyalty.admin.forms import CashbackForm
from loyalty.admin.rights import may_post
from loyalty.batches import begin
from loyalty.models import Batch
from loyalty.preview import preview
from loyalty.wording import money

if TYPE_CHECKING:
    from loyalty.admin.batches import BatchAdmin

RECENT = 10
FEW = 10  # so many more members are no news, and 5 % of a large group
LONGEST_NUMBER = 9
ASKED = ("mode", "amount", "comment", "expires_at", "token")
log = structlog.get_logger(__name__)


def render(request: HttpRequest, group: CustomerGroup) -> SafeString:
    """The form and the latest batches. One query."""
    batches = Batch.objects.filter(group=group).select_related(
        "job", "created_by", "undone_by", "undo_of"
    )
    context = {
        "group": group,
        "form": CashbackForm() if may_post(request.user) else None,
        "batches": [
            (
                batch,
                wording.asked(batch),
                wording.state(batch),
                money(batch.total, signed=True),
            )
            for batch in batches[:RECENT]
        ],
    }
    return SafeString(render_to_string("admin/loyalty/batch/group_tab.html", context, request))


CustomerGroupAdmin.tabs.append(Tab("cashback", _("Cashback"), "loyalty.view_batch", render))


def cashback_page(admin: "BatchAdmin", request: HttpRequest, group_id: int) -> HttpResponseBase:
    """Three steps at one address: the form, what it would do, and the batch itself."""
    if not (may_post(request.user) and request.user.has_perm("customers.view_customergroup")):
        raise PermissionDenied
    group = get_object_or_404(CustomerGroup, pk=group_id)
    form = CashbackForm(request.POST if request.method == "POST" else None)
    shown: dict[str, Any] = {"group": group, "form": form, "title": _("Cashback of %s") % group}
    if not form.is_valid() or "change" in request.POST:
        return admin.page(request, "group_form", **shown)
    asked = form.cleaned_data
    today = timezone.localtime()  # of the shop, for groups that follow an audience
    foreseen = preview(group=group, mode=asked["mode"], amount=asked["amount"], at=today)
    shown["has_grown"] = _has_grown(request, asked["token"], foreseen.members)
    if "confirm" in request.POST and not shown["has_grown"]:
        try:
            return _begin(request, group, form)
        except ValidationError as error:
            form.add_error(None, error)
            return admin.page(request, "group_form", **shown)
    return admin.page(request, "preview", foreseen=foreseen, **shown, **_in_words(form, foreseen))


def _has_grown(request: HttpRequest, token: uuid.UUID, members: int) -> bool:
    """Whether many more are in the group than were confirmed; what is posted stays posted."""
    confirmed = request.POST.get("confirm", "")
    if not (confirmed.isascii() and confirmed.isdigit() and len(confirmed) <= LONGEST_NUMBER):
        return False
    most = int(confirmed) + max(FEW, int(confirmed) // 20)
    return members > most and not Batch.objects.filter(token=token).exists()


def _begin(request: HttpRequest, group: CustomerGroup, form: CashbackForm) -> HttpResponseBase:
    asked = {name: form.cleaned_data[name] for name in ASKED}
    user = cast(User, request.user)
    job = begin(group=group, user=user, at=timezone.now(), **asked)
    log.info("cashback_begun", group=group.pk, job=job.pk, user=user.pk)
    return redirect("admin:loyalty_batch_change", Batch.objects.get(job=job, undo_of=None).pk)


def _in_words(form: CashbackForm, foreseen: Any) -> dict[str, Any]:
    asked = form.cleaned_data
    batch = Batch(mode=asked["mode"], amount=asked["amount"])
    sent = {name: form[name].value() for name in ASKED}
    return {
        "asked": wording.asked(batch),
        "mode": batch.get_mode_display(),
        "total": money(foreseen.total, signed=True),
        "before": money(foreseen.before),
        "after": money(foreseen.after),
        "sent": [(name, "" if value is None else value) for name, value in sent.items()],
    }
