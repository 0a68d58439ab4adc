"""Why a line of a file, or an item that another system sends, is refused."""

from django.utils.translation import gettext_lazy as _

from customers.mentions import MENTION_REASONS
from imports.resources import Text
from loyalty.personal.cells import CELL_REASONS

REASONS: dict[str, Text] = {
    **MENTION_REASONS,
    **CELL_REASONS,
    "unknown_offer": _("No personal offer has this name."),
    "other_offer": _("The line names another offer than the one you import to."),
    "no_items": _("This offer is the same for its whole audience: it takes no items."),
    "unknown_products": _("No product has this ID or barcode."),
    "unknown_categories": _("No category has this ID."),
    "unknown_product_groups": _("No product group has this name or ID."),
    "target_of_receipt": _("This offer is of receipt amounts: leave Target empty."),
    "no_threshold": _("This offer is of receipt amounts: say from which on in Threshold."),
    "threshold_of_goods": _("This offer is not of receipt amounts: leave Threshold empty."),
    "no_value": _("Say how much in Value: the offer has no size of its own."),
    "percentage": _("A discount is at most 100 per cent."),
    "no_currency": _("The offer has no currency, so that it can't take amounts off."),
    "reversed": _("It ends before it begins."),
    "outside": _("These dates leave no time within those of the offer."),
    "overlap": _("At that time another line says something else of the same target."),
    "thresholds": _("Thresholds have to rise: an earlier line has this one or a higher one."),
    "threshold_terms": _("Thresholds of one customer have the same preference, method and dates."),
    "threshold_smaller": _("A higher threshold can't give less than the one before it."),
    "repeated_entry": _("An earlier entry is about the same customer and offer."),
    "too_many": _("A customer has at most 500 items of an offer."),
}
