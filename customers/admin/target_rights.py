"""Who may know which groups and audiences something is for: those who may view them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.audiences.fields import GROUPS, ConditionField, condition_fields

VIEW = {"groups": "customers.view_customergroup", "audiences": "customers.view_audience"}


def seen_by(user: Any) -> frozenset[str]:
    """Of "groups" and "audiences", those that `user` may be told by name."""
    return frozenset(kept for kept, permission in VIEW.items() if user.has_perm(permission))


def unnamed(kept: str, number: int) -> str:
    """How many targets there are, for who may not see which."""
    if kept == "groups":
        said = ngettext(
            "%(number)s group (you may not see which)",
            "%(number)s groups (you may not see which)",
            number,
        )
    else:
        said = ngettext(
            "%(number)s audience (you may not see which)",
            "%(number)s audiences (you may not see which)",
            number,
        )
    return said % {"number": number_format(number, force_grouping=True)}


def condition_fields_seen_by(user: Any) -> dict[str, ConditionField]:
    """What conditions can be about, with the groups numbered for who may not see which."""
    fields = condition_fields()
    if "groups" in seen_by(user):
        return fields
    return {
        key: replace(field, options=_numbered(field.options)) if field.type == GROUPS else field
        for key, field in fields.items()
    }


def _numbered(groups: Iterable[int]) -> dict[int, str]:
    return {pk: _("number %(number)s") % {"number": pk} for pk in groups}
