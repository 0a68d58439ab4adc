"""A whole discount in one sentence: what is given, when and where, how often, and to whom."""

from typing import Any

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from promotions.composition import Composition, SetPart
from promotions.models import Condition, Discount
from promotions.models.limited import LimitedOffer
from promotions.wording.amounts import UNKNOWN, money, off, value_in_words
from promotions.wording.conditions import condition_in_words
from promotions.wording.goods import every, goods_in_words
from promotions.wording.targets import place_clause, targets_in_words


def sentence(composition: Composition, seen: frozenset[str]) -> str:
    """Without the name and the dates; kinds of targets in `seen` by name."""
    clauses = [
        deal_in_words(composition),
        place_clause(composition.aims.points_of_sale),
        currency_in_words(composition),
        conditions_in_words(composition, seen),
        often_in_words(composition),
        for_whom(composition, seen),
        with_others(composition.discount),
        *limits_in_words(composition.discount),
    ]
    words = capfirst("; ".join(clause for clause in clauses if clause))
    return words if words.endswith(UNKNOWN) else f"{words}."


def deal_in_words(composition: Composition) -> str:
    """What is bought, and what is given for it."""
    if composition.has_sets:
        return _sets_in_words(composition)
    discount, value = composition.discount, value_in_words(composition.discount)
    if discount.scope == Discount.Scope.RECEIPT:
        return value
    figures = {"value": value, "goods": goods_in_words(composition.goods)}
    if (discount.kind, discount.scope) == (Discount.Kind.FIXED_PRICE, Discount.Scope.UNITS):
        words = _("%(value)s for each unit of %(goods)s") % figures
    else:
        words = _("%(value)s of %(goods)s") % figures
    if discount.units is None:
        return words
    most = ngettext("at most %(number)s unit", "at most %(number)s units", discount.units)
    return f"{words} ({most % {'number': discount.units}})"


def _sets_in_words(composition: Composition) -> str:
    price = off(composition.discount)
    bought = [_units(part.product_set.required, part) for part in _triggers(composition)]
    given = [
        _target(part, price) for part in composition.sets if part.product_set.gets_discount
    ] or [UNKNOWN]
    figures = {"bought": every(bought), "given": every(given)}
    if not bought:
        return _("get %(given)s") % figures
    return _("buy %(bought)s, get %(given)s") % figures


def _triggers(composition: Composition) -> list[SetPart]:
    return [part for part in composition.sets if not part.product_set.gets_discount]


def _target(part: SetPart, price: str) -> str:
    row = part.product_set
    figures = {"units": _units(row.discounted, part), "price": price}
    if (row.required or 0) <= (row.discounted or 0):
        return _("%(units)s %(price)s") % figures
    figures |= {"units": _units(row.required, part), "number": str(row.discounted)}
    return _("%(number)s of every %(units)s %(price)s") % figures


def _units(number: int | None, part: SetPart) -> str:
    figures = {"number": UNKNOWN if number is None else number}
    return _("%(number)s of %(goods)s") % {**figures, "goods": goods_in_words(part.goods)}


def currency_in_words(composition: Composition) -> str:
    """Of a percentage, where neither an amount nor the points of sale tell it."""
    discount, places = composition.discount, composition.aims.points_of_sale
    asked = [part.condition.kind for part in composition.conditions]
    is_told = (
        discount.kind != Discount.Kind.PERCENTAGE
        or discount.budget is not None
        or Condition.Kind.ORDER_AMOUNT in asked
        or {place.currency for place in places} == {discount.currency}
    )
    if is_told or not discount.currency:
        return ""
    return _("where prices are in %(currency)s") % {"currency": discount.currency}


def conditions_in_words(composition: Composition, seen: frozenset[str]) -> str:
    discount = composition.discount
    words = [condition_in_words(part, discount.currency, seen) for part in composition.conditions]
    if discount.match == Discount.Match.ONE and len(words) > 1:
        return _("if one of these holds: %(conditions)s") % {"conditions": _(", or ").join(words)}
    return "; ".join(words)


def often_in_words(composition: Composition) -> str:
    if not composition.has_sets:
        return ""
    uses = composition.discount.uses
    if uses is None:
        return _("as often as the basket allows")
    if uses == 1:
        return _("once a receipt")
    return _("up to %(number)s times a receipt") % {"number": uses}


def for_whom(composition: Composition, seen: frozenset[str]) -> str:
    targets = targets_in_words(composition.aims, seen)
    return _("for %(targets)s") % {"targets": targets} if targets else ""


def with_others(offer: Any) -> str:
    if offer.stacking == Discount.Stacking.COMBINES:
        return _("on top of other offers")
    if offer.stacking == Discount.Stacking.ALONE:
        return _("instead of all other offers where that saves more")
    return ""


def limits_in_words(discount: Discount) -> list[str]:
    """A clause for each limit that is set."""
    clauses = uses_in_words(discount)
    if discount.budget is not None:
        clauses.append(budget_in_words(money(discount.budget, discount.currency)))
    return clauses


def uses_in_words(offer: LimitedOffer) -> list[str]:
    """One clause for all limits of uses together, if there are any."""
    most = offer.most_uses or 0
    patterns = [
        (
            offer.most_uses,
            ngettext("%(number)s use in total", "%(number)s uses in total", most),
        ),
        (offer.most_a_customer, _("%(number)s a customer")),
        (offer.most_a_day, _("%(number)s a customer a day")),
        (offer.most_a_week, _("%(number)s a customer a week")),
        (offer.most_a_month, _("%(number)s a customer a month")),
    ]
    found = [
        pattern % {"number": number_format(number, force_grouping=True)}
        for number, pattern in patterns
        if number is not None
    ]
    return [_("at most %(limits)s") % {"limits": every(found)}] if found else []


def budget_in_words(budget: str) -> str:
    return _("until %(budget)s are given away") % {"budget": budget}
