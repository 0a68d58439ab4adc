"""What must hold for a discount."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from promotions.composition import ConditionPart
from promotions.models import Condition
from promotions.wording.amounts import UNKNOWN, money
from promotions.wording.goods import goods_in_words
from promotions.wording.targets import (
    audiences_in_words,
    groups_in_words,
    place_clause,
)
from promotions.wording.times import times_in_words

Words = Callable[[ConditionPart, str, frozenset[str]], str]


def condition_in_words(part: ConditionPart, currency: str, seen: frozenset[str]) -> str:
    """One clause; groups and audiences by name if their kind is in `seen`."""
    words = WORDS.get(part.condition.kind)
    return (words(part, currency, seen) if words else "") or UNKNOWN


def _order_amount(part: ConditionPart, currency: str, seen: frozenset[str]) -> str:
    row = part.condition
    figures = {"minimum": money(row.minimum, currency), "maximum": money(row.maximum, currency)}
    if row.maximum is None:
        return _("on orders from %(minimum)s") % figures
    return _("on orders from %(minimum)s to %(maximum)s") % figures


def _products(part: ConditionPart, currency: str, seen: frozenset[str]) -> str:
    figures = {"number": part.condition.quantity or UNKNOWN, "goods": goods_in_words(part.goods)}
    return _("with at least %(number)s of %(goods)s in the basket") % figures


def _times(part: ConditionPart, currency: str, seen: frozenset[str]) -> str:
    return times_in_words(part.condition.days, part.condition.begin, part.condition.end)


def _places(part: ConditionPart, currency: str, seen: frozenset[str]) -> str:
    return place_clause(part.aims.points_of_sale)


def _groups(part: ConditionPart, currency: str, seen: frozenset[str]) -> str:
    return _for(groups_in_words(part.aims.groups, "groups" in seen))


def _audiences(part: ConditionPart, currency: str, seen: frozenset[str]) -> str:
    return _for(audiences_in_words(part.aims.audiences, "audiences" in seen))


def _for(targets: str) -> str:
    return _("for %(targets)s") % {"targets": targets} if targets else ""


WORDS: dict[str, Words] = {
    Condition.Kind.ORDER_AMOUNT.value: _order_amount,
    Condition.Kind.PRODUCTS.value: _products,
    Condition.Kind.TIMES.value: _times,
    Condition.Kind.POINTS_OF_SALE.value: _places,
    Condition.Kind.GROUPS.value: _groups,
    Condition.Kind.AUDIENCES.value: _audiences,
}
