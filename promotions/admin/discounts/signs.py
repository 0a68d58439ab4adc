"""What the choices of a discount's form mean: a sign and a sentence each."""

from django.utils.translation import gettext_lazy as _

from promotions.models import Discount

KINDS = {
    Discount.Kind.PERCENTAGE: ("percent", _("A share of the price, such as 20%.")),
    Discount.Kind.AMOUNT: ("remove", _("Money off, such as 3.00; never more than the price.")),
    Discount.Kind.FIXED_PRICE: ("sell", _("It costs this much, if it would cost more.")),
}
SCOPES = {
    Discount.Scope.UNITS: ("filter_1", _("Each piece by itself.")),
    Discount.Scope.LINES: ("reorder", _("All pieces on one line of the receipt together.")),
    Discount.Scope.RECEIPT: ("receipt_long", _("Once, on everything that is bought.")),
}
ACTIONS = {
    Discount.Action.PRODUCTS: ("sell", _("Whatever is bought of these products is cheaper.")),
    Discount.Action.PRODUCT_SETS: (
        "redeem",
        _("Buy some of these, get some of those cheaper; also what customers chose themselves."),
    ),
}
CONTENTS = {
    "all": ("shopping_cart", _("Everything that is sold.")),
    "chosen": ("checklist", _("Products, categories and product groups.")),
}
REPEAT = {
    "once": ("filter_1", _("One application a receipt.")),
    "up_to": ("filter_9_plus", _("Whenever the sets are full again, up to this number.")),
    "unlimited": ("all_inclusive", _("Whenever the sets are full again.")),
}
MATCHES = {
    Discount.Match.ALL: ("done_all", _("Every condition must hold.")),
    Discount.Match.ONE: ("alt_route", _("One condition that holds is enough.")),
}
STACKING = {
    Discount.Stacking.ONE_PER_ITEM: (
        "looks_one",
        _("A unit takes one such offer at most; whatever saves the customer most wins."),
    ),
    Discount.Stacking.COMBINES: (
        "add_circle",
        _("Comes on top of any other offer, on the price that is left."),
    ),
    Discount.Stacking.ALONE: (
        "person",
        _("No other offer on the receipt; applies if it saves more than all others together."),
    ),
}
