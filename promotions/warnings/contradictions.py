"""Conditions that exclude each other, or what the discount itself says."""

import datetime as dt
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from promotions.composition import Composition, ConditionPart
from promotions.models import Condition, Discount
from promotions.warnings.warning import Kind, Warning
from promotions.warnings.weeks import EVER, minutes_of, minutes_of_window
from promotions.wording import condition_in_words

Parts = list[ConditionPart]


def contradictions(composition: Composition) -> Iterator[Warning]:
    """Where all must hold, any two that can't; where one is enough, that none of them can."""
    if composition.discount.match == Discount.Match.ONE and len(composition.conditions) > 1:
        alone = [list(_impossible(composition, [part])) for part in composition.conditions]
        if all(alone):
            told = _("None of the conditions can ever hold: %(why)s")
            why = " ".join(message for messages in alone for message in messages)
            yield Warning(Kind.CONTRADICTION, told % {"why": why})
        return
    for message in _impossible(composition, list(composition.conditions)):
        yield Warning(Kind.CONTRADICTION, message)


def _impossible(composition: Composition, parts: Parts) -> Iterator[str]:
    for kind, find in FIND.items():
        if alike := [part for part in parts if part.condition.kind == kind]:
            yield from find(composition, alike)


def _amounts(composition: Composition, parts: Parts) -> Iterator[str]:
    lowest = max((part.condition.minimum for part in parts if part.condition.minimum), default=0)
    highest = [p.condition.maximum for p in parts if p.condition.maximum is not None]
    if highest and min(highest) < lowest:
        yield _("No order amount meets all conditions: %(conditions)s.") % {
            "conditions": _told(composition, parts)
        }


def _times(composition: Composition, parts: Parts) -> Iterator[str]:
    common = EVER
    for part in parts:
        row = part.condition
        common &= minutes_of(frozenset(row.days), row.begin, row.end)
    told = {"conditions": _told(composition, parts)}
    if not common:
        yield _("No time meets all conditions: %(conditions)s.") % told
    elif not common & _window(composition):
        yield _("Between its start and its end there is no such time: %(conditions)s.") % told


def _window(composition: Composition) -> int:
    """Clocks at the points of sale may be others than the discount's: a day more on either side
    where it has points of sale in other zones.
    """
    discount = composition.discount
    zones = {place.time_zone for place in composition.aims.points_of_sale} or {""}
    apart = dt.timedelta(days=0 if zones == {discount.time_zone} else 1)
    return minutes_of_window(
        discount.start.astimezone(discount.zone) - apart,
        discount.end.astimezone(discount.zone) + apart,
    )


def _places(composition: Composition, parts: Parts) -> Iterator[str]:
    sets = [{place.pk for place in part.aims.points_of_sale} for part in parts]
    common = set.intersection(*sets)
    own = {place.pk for place in composition.aims.points_of_sale}
    told = {"conditions": _told(composition, parts)}
    if not common:
        yield _("No point of sale meets all conditions: %(conditions)s.") % told
    elif own and not common & own:
        yield _("“Where” leaves out what a condition asks for: %(conditions)s.") % told


def _told(composition: Composition, parts: Parts) -> str:
    """None of these kinds names groups or audiences."""
    currency = composition.discount.currency
    return "; ".join(condition_in_words(part, currency, frozenset()) for part in parts)


FIND: dict[str, Callable[[Composition, Parts], Iterator[str]]] = {
    Condition.Kind.ORDER_AMOUNT.value: _amounts,
    Condition.Kind.TIMES.value: _times,
    Condition.Kind.POINTS_OF_SALE.value: _places,
}
