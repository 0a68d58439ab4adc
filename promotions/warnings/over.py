"""What a discount can't do any more: its limits are used up, or it is past."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Sum
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from promotions.composition import Composition
from promotions.models import EVERYBODY, Discount, Use, UseCounter
from promotions.models.limited import LimitedOffer
from promotions.patience import found_soon
from promotions.warnings.warning import Kind, Warning
from promotions.wording import money


def over(composition: Composition, at: dt.datetime) -> Iterator[Warning]:
    """Two queries at most; none for a discount that isn't saved yet."""
    discount = composition.discount
    if not discount.is_active:
        return
    if discount.end <= at:
        if not discount.pk:
            yield Warning(Kind.LIMIT, _("Its end date is past: the discount never applies."))
    elif discount.pk and (discount.most_uses, discount.budget) != (None, None):
        yield from used_up(discount, *_used(discount), lambda each: money(each, discount.currency))


def used_up(
    offer: LimitedOffer, used: int, spent: Decimal, amount: Callable[[Decimal], str]
) -> Iterator[Warning]:
    """Of an offer of any kind; `amount` says in words what its budget is counted in."""
    if offer.most_uses is not None and used >= offer.most_uses:
        told = ngettext(
            "It was used %(used)s time already, and its limit is %(most)s: it applies no more.",
            "It was used %(used)s times already, and its limit is %(most)s: it applies no more.",
            used,
        )
        most = number_format(offer.most_uses, force_grouping=True)
        figures = {"used": number_format(used, force_grouping=True), "most": most}
        yield Warning(Kind.LIMIT, told % figures)
    if offer.budget is not None and spent >= offer.budget:
        words = _("It gave away %(spent)s already of a budget of %(budget)s: it applies no more.")
        yield Warning(Kind.LIMIT, words % {"spent": amount(spent), "budget": amount(offer.budget)})


def _used(discount: Discount) -> tuple[int, Decimal]:
    """How often, and what was given away: as counted, or counted now where nothing was limited."""
    counter = UseCounter.objects.filter(
        discount=discount.pk, customer_id=EVERYBODY, period=UseCounter.Period.EVER
    ).first()
    if counter:
        return counter.used, counter.spent
    uses = Use.objects.filter(discount=discount.pk, is_given_back=False)
    sums = {"used": Count("purchase"), "spent": Sum(F("amount") - F("returned"))}
    # So many that it takes long: whoever limits them sees the bars.
    nothing: dict[str, Any] = {}
    found = found_soon(lambda: uses.aggregate(**sums), otherwise=nothing)
    return found.get("used") or 0, found.get("spent") or Decimal(0)
