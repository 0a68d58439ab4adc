"""What the choices of a discount's form mean: a sign and a sentence each."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from imports.resources import Text
from promotions.models import Discount

Signs = Mapping[str, tuple[str, Text]]

KINDS: Signs = {
    Discount.Kind.PERCENTAGE.value: ("percent", _("A share of the price, such as 20%.")),
    Discount.Kind.AMOUNT.value: (
        "remove",
        _("Money off, such as 3.00; never more than the price."),
    ),
    Discount.Kind.FIXED_PRICE.value: ("sell", _("It costs this much, if it would cost more.")),
}
SCOPES: Signs = {
    Discount.Scope.UNITS.value: ("filter_1", _("Each piece by itself.")),
    Discount.Scope.LINES.value: ("reorder", _("All pieces on one line of the receipt together.")),
    Discount.Scope.RECEIPT.value: ("receipt_long", _("Once, on everything that is bought.")),
}
ACTIONS: Signs = {
    Discount.Action.PRODUCTS.value: ("sell", _("Whatever is bought of these products is cheaper.")),
    Discount.Action.PRODUCT_SETS.value: (
        "redeem",
        _("Buy some of these, get some of those cheaper; also what customers chose themselves."),
    ),
}
CONTENTS: Signs = {
    "all": ("shopping_cart", _("Everything that is sold.")),
    "chosen": ("checklist", _("Products, categories and product groups.")),
}
REPEAT: Signs = {
    "once": ("filter_1", _("One application a receipt.")),
    "up_to": ("filter_9_plus", _("Whenever the sets are full again, up to this number.")),
    "unlimited": ("all_inclusive", _("Whenever the sets are full again.")),
}
MATCHES: Signs = {
    Discount.Match.ALL.value: ("done_all", _("Every condition must hold.")),
    Discount.Match.ONE.value: ("alt_route", _("One condition that holds is enough.")),
}
STACKING: Signs = {
    Discount.Stacking.ONE_PER_ITEM.value: (
        "looks_one",
        _("A unit takes one such offer at most; whatever saves the customer most wins."),
    ),
    Discount.Stacking.COMBINES.value: (
        "add_circle",
        _("Comes on top of any other offer, on the price that is left."),
    ),
    Discount.Stacking.ALONE.value: (
        "person",
        _("No other offer on the receipt; applies if it saves more than all others together."),
    ),
}
