"""Whether a customer's item counts at the moment, and if not, why."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from imports.resources import Text
from loyalty.models import PersonalOffer

LIVE, AHEAD, ENDED, OFF, DEAD, VOID = "live", "scheduled", "ended", "off", "dead", "void"
STATES: dict[str, Text] = {
    LIVE: _("live"),
    AHEAD: _("scheduled"),
    ENDED: _("ended"),
    OFF: _("offer off"),
    DEAD: _("not in the catalogue"),
    VOID: _("not given"),
}


def state_of(
    offer: PersonalOffer,
    thing: Any,
    start: dt.datetime,
    end: dt.datetime,
    *,
    is_given: bool,
    at: dt.datetime,
) -> str:
    """Of an item with this time, about a `thing` of the catalogue, None if it was deleted.

    What could not count any more or anyway says so before whether it makes sense.
    """
    if thing is None and offer.mechanic != PersonalOffer.Mechanic.RECEIPT_AMOUNT:
        return DEAD
    if end <= at:
        return ENDED
    if not is_given:
        return VOID
    if not offer.is_active:
        return OFF
    return AHEAD if at < start else LIVE
