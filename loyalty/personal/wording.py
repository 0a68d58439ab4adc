"""Personal offers in plain words, as they are set up; what is missing yet is an ellipsis."""

from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from loyalty.models import PersonalOffer
from loyalty.personal.composition import Composition
from promotions.wording import goods_in_words, money, targets_in_words, times_in_words
from promotions.wording.amounts import UNKNOWN, percent
from promotions.wording.sentence import budget_in_words, uses_in_words, with_others
from promotions.wording.targets import place_clause

Preference, Method, Scope = PersonalOffer.Preference, PersonalOffer.Method, PersonalOffer.Scope
Mechanic = PersonalOffer.Mechanic

OF_SCOPE = {
    (Preference.DISCOUNT, Scope.UNITS): gettext_noop("%(size)s off each unit"),
    (Preference.DISCOUNT, Scope.LINES): gettext_noop("%(size)s off each line"),
    (Preference.DISCOUNT, Scope.RECEIPT): gettext_noop("%(size)s off the receipt"),
    (Preference.POINTS, Scope.UNITS): gettext_noop("%(size)s for each unit"),
    (Preference.POINTS, Scope.LINES): gettext_noop("%(size)s for each line"),
    (Preference.POINTS, Scope.RECEIPT): gettext_noop("%(size)s for the receipt"),
}
OF_ITEMS = {
    Mechanic.PRODUCTS: gettext_noop("of their own products"),
    Mechanic.CATEGORIES: gettext_noop("of products of their own categories"),
    Mechanic.PRODUCT_GROUPS: gettext_noop("of products of their own product groups"),
    Mechanic.RECEIPT_AMOUNT: gettext_noop("from their own receipt amounts on"),
}


def sentence(composition: Composition, seen: frozenset[str]) -> str:
    """Without the name and the dates; kinds of targets in `seen` by name."""
    offer = composition.offer
    clauses = [
        deal_in_words(composition),
        for_whom(composition, seen),
        place_clause(composition.aims.points_of_sale),
        _currency(composition),
        _times(offer),
        _("once the customer has accepted it") if offer.needs_acceptance else "",
        with_others(offer),
        *uses_in_words(offer),
        budget_in_words(budget(offer)) if offer.budget is not None else "",
    ]
    words = capfirst("; ".join(clause for clause in clauses if clause))
    return words if words.endswith(UNKNOWN) else f"{words}."


def deal_in_words(composition: Composition) -> str:
    """What is given, and on what."""
    offer = composition.offer
    if offer.mechanic not in Mechanic.values:
        return UNKNOWN
    pattern = OF_SCOPE.get((Preference(offer.preference), Scope(offer.scope)), "")
    figures = {"size": _own_size(offer) if offer.has_items else size_in_words(offer)}
    deal = _(pattern) % figures
    if offer.has_items:
        return " ".join([deal, _(OF_ITEMS[Mechanic(offer.mechanic)]), *_quantities(offer)])
    return " ".join([deal, *_goods(composition), *_quantities(offer)])


def size_in_words(offer: PersonalOffer) -> str:
    """How much: 30%, 5.00 EUR, 20% in points, 500 points."""
    if offer.value is None:
        return UNKNOWN
    if offer.method == Method.PERCENTAGE:
        share = percent(offer.value)
        is_points = offer.preference == Preference.POINTS
        return _("%(share)s in points") % {"share": share} if is_points else share
    return amount_in_words(offer, offer.value)


def preference_in_words(offer: PersonalOffer) -> str:
    """For lists: 30% off, 500 points, each customer's own."""
    if offer.value is None and offer.has_items:
        own = {Preference.DISCOUNT: _("Each customer's own discount")}
        return own.get(Preference(offer.preference), _("Each customer's own points"))
    size = size_in_words(offer)
    if offer.preference == Preference.DISCOUNT:
        size = _("%(size)s off") % {"size": size}
    return _("Own, or %(size)s") % {"size": size} if offer.has_items else size


def amount_in_words(offer: PersonalOffer, amount: Decimal) -> str:
    if offer.preference == Preference.DISCOUNT:
        return money(amount, offer.currency)
    number = int(amount) if amount == int(amount) else 2
    words = ngettext("%(amount)s point", "%(amount)s points", number)
    plain = amount.quantize(Decimal(1)) if amount == int(amount) else amount
    return words % {"amount": money(plain, "JPY").removesuffix(" JPY")}


def budget(offer: PersonalOffer) -> str:
    """All that it may give away, which is set."""
    return amount_in_words(offer, offer.budget or Decimal(0))


def _own_size(offer: PersonalOffer) -> str:
    """What items say, and what counts where one says nothing."""
    if offer.method == Method.PERCENTAGE:
        own = _("each customer's own percentage")
        size = None if offer.value is None else percent(offer.value)
    elif offer.preference == Preference.POINTS:
        own = _("each customer's own number of points")
        size = None if offer.value is None else amount_in_words(offer, offer.value)
    else:
        own = _("each customer's own amount")
        size = None if offer.value is None else money(offer.value, offer.currency)
    if size is not None:
        own = _("%(own)s (else %(size)s)") % {"own": own, "size": size}
    is_share_in_points = (offer.preference, offer.method) == (Preference.POINTS, Method.PERCENTAGE)
    return _("%(share)s in points") % {"share": own} if is_share_in_points else own


def _goods(composition: Composition) -> list[str]:
    offer, goods = composition.offer, goods_in_words(composition.goods)
    if offer.scope == Scope.RECEIPT:
        if composition.goods.everything:
            return []
        return [_("with %(goods)s on it") % {"goods": goods}]
    return [_("of %(goods)s") % {"goods": goods}]


def _quantities(offer: PersonalOffer) -> list[str]:
    words = []
    if offer.quantity and offer.quantity > 1:
        words.append(_("from %(number)s bought on") % {"number": offer.quantity})
    if offer.units is not None:
        most = ngettext("at most %(number)s unit", "at most %(number)s units", offer.units)
        words.append(most % {"number": offer.units})
    return [f"({', '.join(words)})"] if words else []


def for_whom(composition: Composition, seen: frozenset[str]) -> str:
    offer, targets = composition.offer, targets_in_words(composition.aims, seen)
    if offer.all_customers:
        return _("for all customers")
    if offer.has_items:
        if not targets:
            return _("for everybody with items")
        return _("for whoever has items and is in %(targets)s") % {"targets": targets}
    return _("for %(targets)s") % {"targets": targets or UNKNOWN}


def _currency(composition: Composition) -> str:
    """Where no amount and no point of sale tells it."""
    offer, places = composition.offer, composition.aims.points_of_sale
    is_amount = offer.preference == Preference.DISCOUNT and offer.method == Method.AMOUNT
    is_told = is_amount or {place.currency for place in places} == {offer.currency}
    if is_told or not offer.currency:
        return ""
    return _("where prices are in %(currency)s") % {"currency": offer.currency}


def _times(offer: PersonalOffer) -> str:
    if offer.days or offer.from_hour or offer.to_hour:
        return times_in_words(offer.days, offer.from_hour, offer.to_hour)
    return ""
