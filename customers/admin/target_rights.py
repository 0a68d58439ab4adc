"""Who may know which groups and audiences something is for: those who may view them."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import ngettext

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
