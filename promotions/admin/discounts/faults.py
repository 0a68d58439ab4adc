"""What the engine can't compute, said kindly where the form can mend it."""

from django.utils.translation import gettext_lazy as _

from imports.resources import Text
from promotions.engine import Fault

FAULTS: dict[Fault, tuple[str | None, Text]] = {
    Fault.ENDS_BEFORE_START: ("end", _("The end date must be after the start date.")),
    Fault.VALUE_NEGATIVE: ("value", _("Write what is taken off without a minus.")),
    Fault.PERCENTAGE_OVER_100: ("value", _("A percentage is at most 100.")),
    Fault.NO_CURRENCY: ("currency", _("Say in which currency the amounts are.")),
    Fault.SETS_AND_GOODS: (
        "action",
        _("Choose either products or product sets: a discount can't have both."),
    ),
    Fault.SETS_NOT_ON_UNITS: (
        "scope",
        _("Product sets count single units: choose “On each unit”."),
    ),
    Fault.NO_TARGET: (
        "action",
        _("No set gets the discount. Tick “This product set gets the discount” on one of them."),
    ),
    Fault.SET_WITHOUT_UNITS: (
        "action",
        _("A set requires nothing and gets nothing. Take it away, or say how many it requires."),
    ),
    Fault.SET_WITHOUT_GOODS: ("action", _("A set has no products yet. Choose some.")),
    Fault.GOODS_WITHOUT_PRODUCTS: (
        "goods",
        _("Choose at least one product, category or product group."),
    ),
    Fault.USES_BELOW_ONE: ("repeat_times", _("A discount is used at least once.")),
    Fault.UNITS_BELOW_ONE: ("units", _("At least one unit must get it; empty for all.")),
    Fault.UNITS_NOT_ON_UNITS: (
        "units",
        _("Only a discount on each unit has a most of units: leave this empty."),
    ),
    Fault.RECEIPT_OF_GOODS: (
        "contents",
        _("A discount on the receipt is on everything: choose “All products”."),
    ),
    Fault.POINTS_WITH_SETS: (None, _("Points can't be given for product sets.")),
    Fault.POINTS_FIXED_PRICE: (None, _("Points have no fixed price.")),
    Fault.TIERS_NOT_ON_RECEIPT: (None, _("Thresholds are for discounts on the receipt.")),
    Fault.TIERS_OUT_OF_ORDER: (None, _("Each threshold must be above the one before.")),
    Fault.AMOUNT_MAXIMUM_BELOW_MINIMUM: (None, _("The maximum is below the minimum.")),
}
"""The field, None for the form as a whole, and what to do."""
