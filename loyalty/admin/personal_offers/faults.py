"""What the engine can't compute of a personal offer, said kindly where the form can mend it."""

from django.utils.translation import gettext_lazy as _

from imports.resources import Text
from promotions.admin.discounts import faults
from promotions.engine import Fault

FAULTS: dict[Fault, tuple[str | None, Text]] = faults.FAULTS | {
    Fault.UNITS_NOT_ON_UNITS: (
        "units",
        _("Only an offer on each unit has a most of units: leave this empty."),
    ),
    Fault.RECEIPT_OF_GOODS: (
        "scope",
        _("What is of single items can't be on the receipt: choose units or lines."),
    ),
}
"""The field, None for the form as a whole, and what to do."""
