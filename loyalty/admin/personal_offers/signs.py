"""What the choices of a personal offer's form mean: a sign and a sentence each."""

from django.utils.translation import gettext_lazy as _

from loyalty.models import PersonalOffer
from promotions.admin.discounts import signs
from promotions.admin.discounts.signs import Signs

Mechanic = PersonalOffer.Mechanic

MECHANICS: Signs = {
    Mechanic.AUDIENCE.value: (
        "groups",
        _("The same for everybody in it: those born in February get 30% off cakes."),
    ),
    Mechanic.PRODUCTS.value: (
        "sell",
        _("Each customer has products, sizes and dates of their own, uploaded from a file."),
    ),
    Mechanic.CATEGORIES.value: (
        "account_tree",
        _("Each customer has categories of their own, with all products in and below them."),
    ),
    Mechanic.PRODUCT_GROUPS.value: (
        "inventory_2",
        _("Each customer has product groups of their own, which cut across categories."),
    ),
    Mechanic.RECEIPT_AMOUNT.value: (
        "receipt_long",
        _("Each customer has thresholds of their own: 10% from 1000, 20% from 3000."),
    ),
}
WHOM: Signs = {
    "all": ("public", _("Everybody who is known at the till; never a stranger.")),
    "some": ("target", _("Whoever is in any one of these when they look or buy.")),
}
IDENTIFIERS: Signs = {
    PersonalOffer.Identifiers.EXTERNAL.value: ("tag", _("As your ERP names them, such as SKU-1.")),
    PersonalOffer.Identifiers.INTERNAL.value: ("pin", _("The numbers that they have in Bespoke.")),
}
PREFERENCES: Signs = {
    PersonalOffer.Preference.DISCOUNT.value: ("percent", _("It costs less now.")),
    PersonalOffer.Preference.POINTS.value: ("stars", _("Points to pay with another time.")),
}
METHODS: Signs = {
    PersonalOffer.Method.PERCENTAGE.value: ("percent", _("A share of the price, such as 30%.")),
    PersonalOffer.Method.AMOUNT.value: ("123", _("So much money off, or so many points.")),
}
SCOPES: Signs = signs.SCOPES
CONTENTS: Signs = signs.CONTENTS
STACKING: Signs = signs.STACKING
