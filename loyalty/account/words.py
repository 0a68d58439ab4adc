"""Personal offers as customers read them on their page: how much, until when, on what terms."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from loyalty.models import PersonalOffer
from loyalty.personal.names import goods_of
from promotions.engine import Effect, Kind, Rule, Scope
from promotions.pricing.wording import NO_BREAK, number
from promotions.wording import money, times_in_words
from promotions.wording.amounts import percent
from promotions.wording.sentence import uses_in_words

SIZES = {
    Effect.DISCOUNT: gettext_noop("−%(size)s"),
    Effect.POINTS: gettext_noop("+%(size)s points"),
}
SCOPES = {
    Scope.UNITS: gettext_noop("On each unit"),
    Scope.LINES: gettext_noop("On each line of the receipt"),
    Scope.RECEIPT: gettext_noop("On the whole receipt"),
}
INSTANT = dt.timedelta(microseconds=1)


def size_in_words(rule: Rule, value: Decimal) -> str:
    """Short enough for a badge: −30%, +10% points, 500 EUR off, +500 points."""
    if rule.kind is Kind.PERCENTAGE:
        return _(SIZES[rule.effect]) % {"size": percent(value)}
    if rule.effect is Effect.DISCOUNT:
        return _("%(size)s off") % {"size": short_money(value, rule.currency or "")}
    count = int(value) if value == int(value) else 2
    return ngettext("+%(size)s point", "+%(size)s points", count) % {"size": number(value)}


def short_money(amount: Decimal, currency: str) -> str:
    """Without decimals where there are none, for badges."""
    if amount == int(amount):
        return f"{number(amount)} {currency}".strip().replace(" ", NO_BREAK)
    return money(amount, currency).replace(" ", NO_BREAK)


def dates_in_words(start: dt.datetime, end: dt.datetime, at: dt.datetime) -> str:
    """In the current zone: until when, and from when where that is yet to come."""
    until = _moment(end, is_end=True)
    if start <= at:
        return _("until %(end)s") % {"end": until}
    return _("from %(start)s until %(end)s") % {"start": _moment(start), "end": until}


def _moment(moment: dt.datetime, *, is_end: bool = False) -> str:
    """A day where it begins or ends with it, else with the time and its zone."""
    local = timezone.localtime(moment)
    if local.time() == dt.time(0):
        # What ends with the first instant of a day was there until the day before.
        return date_format(local - INSTANT if is_end else local, "DATE_FORMAT")
    return f"{date_format(local, 'DATE_FORMAT')}, {date_format(local, 'H:i T')}"


def terms_in_words(offer: PersonalOffer, rule: Rule) -> Iterator[str]:
    """What else has to be known of it, each by itself."""
    if rule.kind is Kind.AMOUNT or rule.scope is Scope.RECEIPT:
        yield _(SCOPES[rule.scope])
    if rule.scope is Scope.RECEIPT and not goods_of(rule).everything:
        words = ngettext(
            "When you buy one of these", "When you buy %(number)s of these", offer.quantity
        )
        yield words % {"number": number(offer.quantity)}
    elif offer.quantity > 1:
        yield _("When you buy %(number)s or more") % {"number": number(offer.quantity)}
    if offer.units is not None:
        words = ngettext(
            "At most %(number)s unit a receipt", "At most %(number)s units a receipt", offer.units
        )
        yield words % {"number": number(offer.units)}
    if offer.days or offer.from_hour or offer.to_hour:
        yield capfirst(times_in_words(offer.days, offer.from_hour, offer.to_hour))
    yield from map(capfirst, uses_in_words(offer))
