"""How much a discount takes off."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from promotions.models import Discount
from promotions.models.points_of_sale import digits
from promotions.prices import decimals

UNKNOWN = "…"

Kind, Scope = Discount.Kind, Discount.Scope

OF_A_LIST = {
    (Kind.PERCENTAGE, Scope.UNITS): gettext_noop("%(value)s off each unit"),
    (Kind.PERCENTAGE, Scope.LINES): gettext_noop("%(value)s off each line"),
    (Kind.PERCENTAGE, Scope.RECEIPT): gettext_noop("%(value)s off the receipt"),
    (Kind.AMOUNT, Scope.UNITS): gettext_noop("%(value)s off each unit"),
    (Kind.AMOUNT, Scope.LINES): gettext_noop("%(value)s off each line"),
    (Kind.AMOUNT, Scope.RECEIPT): gettext_noop("%(value)s off the receipt"),
    (Kind.FIXED_PRICE, Scope.UNITS): gettext_noop("fixed %(value)s"),
    (Kind.FIXED_PRICE, Scope.LINES): gettext_noop("fixed %(value)s a line"),
    (Kind.FIXED_PRICE, Scope.RECEIPT): gettext_noop("fixed %(value)s for the receipt"),
}


def percent(value: Decimal | None) -> str:
    """Without zeros that say nothing."""
    if value is None:
        return UNKNOWN
    return f"{number_format(f'{value:f}'.rstrip('0').rstrip('.') if value % 1 else int(value))}%"


def money(amount: Decimal | None, currency: str) -> str:
    """With the decimals that the currency has, or more if there are more."""
    if amount is None:
        return f"{UNKNOWN} {currency}".strip()
    places = max(digits(currency), decimals(amount))
    return f"{number_format(amount, places, force_grouping=True)} {currency}".strip()


def value_in_words(discount: Discount) -> str:
    """What it takes off of what, such as "20% off each unit"."""
    pattern = OF_A_LIST.get((Kind(discount.kind), Scope(discount.scope))) if discount.kind else None
    return _(pattern) % {"value": _value(discount)} if pattern else UNKNOWN


def off(discount: Discount) -> str:
    """The same after "get 1 of …": at 50% off, for 9.99 EUR, free."""
    if discount.kind == Kind.FIXED_PRICE:
        return _("for %(value)s each") % {"value": _value(discount)}
    if discount.kind == Kind.PERCENTAGE and discount.value == 100:
        return _("free")
    return _("at %(value)s off") % {"value": _value(discount)}


def _value(discount: Discount) -> str:
    if discount.kind == Kind.PERCENTAGE:
        return percent(discount.value)
    return money(discount.value, discount.currency)
