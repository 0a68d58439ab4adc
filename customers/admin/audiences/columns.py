"""What the list of audiences says about each of them."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.admin.target_rights import condition_fields_seen_by
from customers.audiences.fields import ConditionField
from customers.audiences.tree import parse
from customers.audiences.uses import Use, uses_of
from customers.audiences.words import in_words
from customers.models import Audience

USES_SHOWN = 3


class AudienceColumns:
    """Rows are to be described by `describe` first."""

    @admin.display(description=gettext_lazy("Name"), ordering="name")
    def shown_name(self, audience: Any) -> SafeString:
        return render_to_string("admin/customers/audience/name.html", {"audience": audience})

    @admin.display(description=gettext_lazy("Kind"), ordering="kind")
    def shown_kind(self, audience: Audience) -> SafeString:
        return format_html(
            '<span class="au-kind"><span class="material-symbols-outlined" aria-hidden="true">{}'
            "</span>{}</span>",
            "filter_alt" if audience.is_dynamic else "list_alt",
            audience.get_kind_display(),
        )

    @admin.display(description=gettext_lazy("Customers"), ordering="members_count")
    def customers(self, audience: Any) -> SafeString | str:
        if audience.is_dynamic and (audience.problem or audience.counted_at is None):
            return "–" if audience.problem else _("not counted yet")
        return format_html(
            '<span class="au-total">{}</span> <span class="bo-quiet">{}</span>',
            number_format(audience.members_count, force_grouping=True),
            counted(audience, timezone.now()),
        )

    @admin.display(description=gettext_lazy("Used by"))
    def used_by(self, audience: Any) -> SafeString:
        return render_to_string(
            "admin/customers/audience/used_by.html",
            {"uses": audience.uses[:USES_SHOWN], "more": len(audience.uses) - USES_SHOWN},
        )


def row_actions(request: HttpRequest) -> Callable[[Audience], SafeString]:
    """A column with the buttons that this user may press."""
    may = {
        verb: request.user.has_perm(f"customers.{verb}_audience")
        for verb in ("add", "change", "delete", "import")
    }

    @admin.display(description=gettext_lazy("Actions"))
    def actions(audience: Audience) -> SafeString:
        context = {"audience": audience, "may": may}
        return render_to_string("admin/customers/audience/row_actions.html", context)

    return actions


def describe(audiences: list[Any], user: Any) -> None:
    """Say of each what it means, as far as `user` may know, what is wrong and what uses it.

    Three or four queries.
    """
    dynamic = any(each.is_dynamic for each in audiences)
    fields = condition_fields_seen_by(user) if dynamic else {}
    uses: dict[int, list[Use]] = uses_of([audience.pk for audience in audiences])
    for audience in audiences:
        audience.uses = uses[audience.pk]
        audience.words, audience.problem = meaning(audience, fields)


def meaning(audience: Audience, fields: Mapping[str, ConditionField]) -> tuple[str, str]:
    """The conditions in words, and what is wrong with them: one of the two, or neither."""
    if not audience.is_dynamic:
        return "", ""
    try:
        return in_words(parse(audience.conditions, fields)), ""
    except ValidationError as error:
        return "", " ".join(error.messages)


def counted(audience: Audience, at: dt.datetime) -> str:
    """How old a count is; empty for a fixed list, whose count is always right."""
    if audience.counted_at is None or not audience.is_dynamic:
        return ""
    if at - audience.counted_at < dt.timedelta(minutes=1):
        return _("counted just now")
    return _("counted %(time)s ago") % {"time": timesince(audience.counted_at, at, depth=1)}
