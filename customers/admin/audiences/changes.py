"""Before the conditions of an audience in use change: who would come, and who would leave."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.admin.audiences.columns import meaning
from customers.admin.audiences.form import AudienceForm, seal
from customers.admin.audiences.live_count import written
from customers.admin.audiences.uses import shown_uses
from customers.admin.target_rights import condition_fields_seen_by
from customers.audiences.counting import Difference, difference
from customers.audiences.members import understood
from customers.audiences.tree import AnyOf, parse
from customers.audiences.words import in_words
from customers.models import Audience, Customer

NOBODY = AnyOf(())
"""Conditions that make no sense any more hold nobody."""


@dataclass(frozen=True)
class Side:
    """Those who come, or those who leave."""

    number: int
    written: str
    sample: list[Customer]


def confirmation(admin: ModelAdmin, request: HttpRequest, form: AudienceForm) -> HttpResponse:
    """The page that shows a change, and holds what was sent until it is confirmed."""
    audience = Audience.objects.get(pk=form.instance.pk)
    conditions = form.cleaned_data["conditions"]
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "original": audience,
        "title": _("Change who is in “%s”?") % audience,
        "sent": {name: request.POST.get(name, "") for name in ("name", "description")},
        "conditions": json.dumps(conditions, ensure_ascii=False),
        "confirmation": seal(audience, conditions),
        "uses": shown_uses(request, audience),
        **_comparison(request, audience, conditions),
    }
    return TemplateResponse(request, "admin/customers/audience/confirm_change.html", context)


def _comparison(request: HttpRequest, audience: Audience, conditions: Any) -> dict[str, Any]:
    """Both meanings in words, and the difference; None where counting takes too long."""
    fields = condition_fields_seen_by(request.user)
    new = parse(conditions, fields)
    words, problem = meaning(audience, fields)
    try:
        found = difference(understood(audience.conditions) or NOBODY, new, timezone.localtime())
    except ValidationError:
        found = None
    return {
        "words_now": words,
        "problem_now": problem,
        "words_then": in_words(new),
        **(_sides(found) if found else {}),
        "may_see": request.user.has_perm("customers.view_customer"),
    }


def _sides(found: Difference) -> dict[str, Any]:
    return {
        "come": Side(found.come, written(found.come), found.who_come),
        "leave": Side(found.leave, written(found.leave), found.who_leave),
        "stay": written(found.stay),
    }
