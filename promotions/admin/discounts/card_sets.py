"""The cards that a discount's form begins with: those that there are, or copies of another's."""

from typing import Any, cast

from django.forms import model_to_dict

from promotions.admin.discounts.cards import CardFormSet, SetFormSet, share_promotions
from promotions.admin.discounts.condition_cards import (
    SEEN_WITH,
    ConditionFormSet,
    Offered,
)
from promotions.composition import Composition, ConditionPart
from promotions.models import Condition

NOT_COPIED = ("id", "discount", "position")


def set_cards(data: Any, there: Composition, copied: Composition | None) -> CardFormSet:
    """One query for the sets that there are, and one for the drop-downs of all cards."""
    initial = [
        {**model_to_dict(part.product_set, exclude=NOT_COPIED), "whole": part.goods}
        for part in (copied.sets if copied else ())
    ]
    cards = SetFormSet(
        data,
        instance=there.discount,
        prefix="sets",
        initial=initial,
        form_kwargs={"goods": {part.product_set.pk: part.goods for part in there.sets}},
    )
    cards.extra += len(initial)
    share_promotions(cards)
    return cast(CardFormSet, cards)


def condition_cards(
    data: Any, there: Composition, copied: Composition | None, offered: Offered
) -> CardFormSet:
    """One query."""
    initial = [
        {**model_to_dict(part.condition, exclude=NOT_COPIED), "whole": part}
        for part in (copied.conditions if copied else ())
        if is_shown(part, offered.seen)
    ]
    shown = [part.condition.pk for part in there.conditions if is_shown(part, offered.seen)]
    cards = ConditionFormSet(
        data,
        instance=there.discount,
        prefix="conditions",
        initial=initial,
        queryset=Condition.objects.filter(pk__in=shown),
        form_kwargs={"offered": offered},
    )
    cards.extra += len(initial)
    return cast(CardFormSet, cards)


def is_shown(part: ConditionPart, seen: frozenset[str]) -> bool:
    """Whether who sees these kinds of targets sees the condition."""
    return SEEN_WITH.get(Condition.Kind(part.condition.kind), "") in {"", *seen}
