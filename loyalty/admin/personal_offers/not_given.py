"""Why no till gives an item that is stored: it makes no sense as the offer is now."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from imports.resources import Text
from loyalty.admin.personal_offers.faults import FAULTS
from loyalty.models import PersonalOffer
from loyalty.personal.items import Item
from loyalty.personal.reasons import REASONS
from loyalty.personal.rules import NOTHING, Template, gives, rule_of
from promotions.engine import Fault, faults

OF_ITEMS: dict[Fault, Text] = {
    Fault.ENDS_BEFORE_START: REASONS["outside"],
    Fault.PERCENTAGE_OVER_100: REASONS["percentage"],
    Fault.NO_CURRENCY: REASONS["no_currency"],
}
"""Said as where items are uploaded; the other faults are the offer's own."""
NO_SIZE = _("Neither it nor the offer says a size above 0.")
OTHER_THRESHOLD = _("Another threshold of this customer makes no sense, so that none counts.")


def reasons_of(offer: PersonalOffer, items: Sequence[Item]) -> list[Text | None]:
    """Of each item; None where the till gives it in its time. No query: whom, where and when the
    offer is for makes no difference."""
    template = Template(offer, rule_of(offer, NOTHING))
    alone = [_reason(template, [item]) for item in items]
    # Thresholds count all together, and one that gives nothing does no harm to the others.
    if offer.mechanic != PersonalOffer.Mechanic.RECEIPT_AMOUNT or not _reason(template, items):
        return alone
    return [reason or OTHER_THRESHOLD for reason in alone]


def _reason(template: Template, items: Sequence[Item]) -> Text | None:
    for rule in template.made(items, needs_acceptance=False):
        if found := faults(rule):
            return _words(found[0])
        if not gives(rule):
            return NO_SIZE
    return None


def _words(fault: Fault) -> Text:
    return OF_ITEMS.get(fault) or FAULTS[fault][1]
