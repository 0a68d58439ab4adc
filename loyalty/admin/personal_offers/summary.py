"""What is saved of a personal offer, told beside its form and to those who may only look."""

from typing import Any

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from customers.admin.target_rights import seen_by
from loyalty.admin.personal_offers.columns import describe, members
from loyalty.admin.personal_offers.status import Status, badge
from loyalty.models import PersonalOffer
from promotions.admin.discounts.columns import written


def summary(offer: Any, user: Any) -> dict[str, Any]:
    """Of a row as the list has it. Three queries."""
    describe([offer], seen_by(user))
    figures = {
        "start": written(offer.start, offer),
        "end": written(offer.end, offer),
        "zone": offer.time_zone,
    }
    channels = dict(PersonalOffer.Channel.choices)
    return {
        "words": offer.words,
        "status": badge(Status(offer.status_at)),
        "bars": [bar for bar in offer.bars if bar],
        "rows": [
            (_("Title"), offer.title),
            (_("Mechanic"), offer.get_mechanic_display()),
            (_("For whom"), members(offer)),
            (_("When"), _("%(start)s – %(end)s (%(zone)s)") % figures),
            (_("With other offers"), offer.get_stacking_display()),
            (capfirst(_("priority")), number_format(offer.priority)),
            (_("Announced in"), ", ".join(str(channels[each]) for each in offer.channels) or "–"),
        ],
    }
