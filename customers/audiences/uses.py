"""What audiences are used for: groups follow them, rooms above aim things at them."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from customers.models import CustomerGroup
from imports.resources import Text


@dataclass(frozen=True)
class Use:
    """One thing that uses an audience.

    `view` is the name of its page's address, which takes `pk`; only who has `permission` is led
    there.
    """

    audience_id: int
    kind: Text
    name: str
    view: str
    pk: int
    permission: str


UsesOf = Callable[[Collection[int]], Iterable[Use]]
"""The uses of audiences with these ids, in an order of its own. One query."""

uses: list[UsesOf] = []
"""Rooms above append theirs. Whatever uses an audience is to protect it from deletion, too."""


def uses_of(audience_ids: Collection[int]) -> dict[int, list[Use]]:
    """Uses by audience, each of which has an entry. A query for each kind of use."""
    found: dict[int, list[Use]] = {number: [] for number in audience_ids}
    if found:
        for of_kind in uses:
            for use in of_kind(audience_ids):
                found[use.audience_id].append(use)
    return found


def groups_that_follow(audience_ids: Collection[int]) -> Iterable[Use]:
    groups = CustomerGroup.objects.filter(audience_id__in=audience_ids).order_by("title", "pk")
    for pk, title, audience_id in groups.values_list("pk", "title", "audience_id"):
        yield Use(
            audience_id=audience_id,
            kind=_("Customer group"),
            name=title,
            view="admin:customers_customergroup_change",
            pk=pk,
            permission="customers.view_customergroup",
        )


uses.append(groups_that_follow)
