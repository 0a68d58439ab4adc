"""Where a discount holds, and for whom."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.models import Audience, CustomerGroup
from promotions.composition import Aims
from promotions.models import PointOfSale
from promotions.wording.goods import either

ALL_NAMES = frozenset({"groups", "audiences"})
"""For who may be told groups and audiences by name; see customers/admin/target_rights.py."""


def places_in_words(points_of_sale: Sequence[PointOfSale]) -> str:
    """As in "in …"; empty for everywhere."""
    return either([place.name for place in points_of_sale])


def targets_in_words(aims: Aims, seen: frozenset[str]) -> str:
    """As in "for …"; empty for everybody. Only kinds in `seen` are told by name."""
    named = [
        groups_in_words(aims.groups, "groups" in seen),
        audiences_in_words(aims.audiences, "audiences" in seen),
    ]
    return either([words for words in named if words])


def groups_in_words(groups: Sequence[CustomerGroup], by_name: bool) -> str:
    number = len(groups)
    if not groups or not by_name:
        counted = ngettext("%(number)d customer group", "%(number)d customer groups", number)
        return counted % {"number": number} if number else ""
    return ngettext("customer group %(names)s", "customer groups %(names)s", number) % {
        "names": either([group.title for group in groups])
    }


def audiences_in_words(audiences: Sequence[Audience], by_name: bool) -> str:
    number = len(audiences)
    if not audiences or not by_name:
        counted = ngettext("%(number)d audience", "%(number)d audiences", number)
        return counted % {"number": number} if number else ""
    return ngettext("audience %(names)s", "audiences %(names)s", number) % {
        "names": either([audience.name for audience in audiences])
    }


def place_clause(points_of_sale: Sequence[PointOfSale]) -> str:
    names = places_in_words(points_of_sale)
    return _("in %(places)s") % {"places": names} if names else ""
