"""What is allowed in a personal offer but hardly meant, said before it is saved."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from loyalty.models import OfferUseCounter, PersonalOffer
from loyalty.personal.composition import Composition
from loyalty.personal.counting import has_items
from loyalty.personal.wording import amount_in_words
from promotions.models import EVERYBODY
from promotions.warnings import Kind, Warning
from promotions.warnings.over import used_up


def warnings_of(composition: Composition, *, at: dt.datetime) -> Iterator[Warning]:
    """Three queries at most."""
    offer = composition.offer
    yield from _other_currency(offer)
    places = composition.aims.points_of_sale
    if offer.currency and places and offer.currency not in {each.currency for each in places}:
        words = _("None of its points of sale sells for %(currency)s: the offer never applies.")
        yield Warning(Kind.CONTRADICTION, words % {"currency": offer.currency})
    if not offer.is_active:
        return
    if offer.end <= at and not offer.pk:
        yield Warning(Kind.LIMIT, _("Its end date is past: the offer never applies."))
    elif offer.end > at and offer.pk and (offer.most_uses, offer.budget) != (None, None):
        yield from _used_up(offer)


def _other_currency(offer: PersonalOffer) -> Iterator[Warning]:
    """Amounts of items are plain numbers, which count in the currency of the offer."""
    saved = PersonalOffer.objects.filter(pk=offer.pk).values_list("currency", flat=True).first()
    if saved and offer.currency not in ("", saved) and has_items(offer.pk):
        words = _(
            "Customers have items of the offer: amounts that were uploaded as %(saved)s would count"
            " as %(currency)s."
        )
        figures = {"saved": saved, "currency": offer.currency}
        yield Warning(Kind.CONTRADICTION, words % figures)


def _used_up(offer: PersonalOffer) -> Iterator[Warning]:
    """As counted while something was limited before; else whoever limits it sees the bars."""
    counter = OfferUseCounter.objects.filter(
        offer=offer.pk, customer_id=EVERYBODY, period=OfferUseCounter.Period.EVER
    ).first()
    used, spent = (counter.used, counter.spent) if counter else (0, Decimal(0))
    return used_up(offer, used, spent, lambda each: amount_in_words(offer, each))
