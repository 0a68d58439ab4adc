"""Why each offer of a quote applied or did not, in sentences for cashiers and marketers."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from promotions.engine import Applied, Reason, Skipped
from promotions.pricing.conditions_in_words import unmet
from promotions.pricing.wording import Names, joined, number


def in_words(skipped: Skipped, names: Names) -> str:
    """A sentence with the figures, in the current language. No queries."""
    return WORDS[skipped.reason](skipped, names)


def applied_in_words(applied: Applied, names: Names) -> str:
    """What one offer did to one line, such as "3.00 EUR off 2 units"."""
    figures = {
        "amount": names.money(applied.amount),
        "points": number(applied.points),
        "units": number(applied.units),
    }
    # The plural needs a whole number: of 1.342 it is that of many.
    count = int(applied.units) if applied.units == int(applied.units) else 2
    if not applied.points:
        words = ngettext("%(amount)s off %(units)s unit", "%(amount)s off %(units)s units", count)
        return words % figures
    words = ngettext(
        "%(points)s points on %(units)s unit", "%(points)s points on %(units)s units", count
    )
    return words % figures


def part_in_words(units: Decimal, of: Decimal) -> str:
    """How many units of a line an offer is for; empty where it is for all."""
    if units == of:
        return ""
    return _("%(units)s of %(all)s") % {"units": number(units), "all": number(of)}


def _not_yet(skipped: Skipped, names: Names) -> str:
    return _("Starts on %(moment)s.") % {"moment": names.moment(skipped.figures["start"])}


def _over(skipped: Skipped, names: Names) -> str:
    return _("Ended on %(moment)s.") % {"moment": names.moment(skipped.figures["end"])}


def _not_here(skipped: Skipped, names: Names) -> str:
    return _("Not valid at this point of sale.")


def _currency(skipped: Skipped, names: Names) -> str:
    return _("Only for prices in %(theirs)s; this basket is in %(ours)s.") % {
        "theirs": skipped.figures["currency"],
        "ours": names.currency,
    }


def _not_for_you(skipped: Skipped, names: Names) -> str:
    return _("Meant for certain customers, of whom this one is not.")


def _not_accepted(skipped: Skipped, names: Names) -> str:
    if skipped.figures["answer"] == "declined":
        return _("This customer declined it.")
    return _("Waits for the customer's yes.")


def _condition(skipped: Skipped, names: Names) -> str:
    return unmet(skipped, names)


def _limit(skipped: Skipped, names: Names) -> str:
    allowed: int = skipped.figures["allowed"]
    sentences = {
        "unknown": _("Limited for each customer, and nobody knows who this is."),
        "total": ngettext(
            "Its only use is used up.", "All of its %(allowed)s uses are used up.", allowed
        ),
        "day": ngettext(
            "One use per customer a day, and this customer had it.",
            "%(allowed)s uses per customer a day, and this customer had them.",
            allowed,
        ),
        "week": ngettext(
            "One use per customer a week, and this customer had it.",
            "%(allowed)s uses per customer a week, and this customer had them.",
            allowed,
        ),
        "month": ngettext(
            "One use per customer a month, and this customer had it.",
            "%(allowed)s uses per customer a month, and this customer had them.",
            allowed,
        ),
        "ever": ngettext(
            "One use per customer, and this customer had it.",
            "%(allowed)s uses per customer, and this customer had them.",
            allowed,
        ),
    }
    return sentences[skipped.figures["limit"]] % {"allowed": number(allowed)}


def _no_products(skipped: Skipped, names: Names) -> str:
    return _("None of its products is in the basket.")


def _no_choice(skipped: Skipped, names: Names) -> str:
    return _("This customer has chosen nothing in %(promotion)s yet.") % {
        "promotion": names.promotion(skipped.figures["promotion"])
    }


def _below_threshold(skipped: Skipped, names: Names) -> str:
    return _("Starts at %(threshold)s; after line discounts the receipt is %(found)s.") % {
        "threshold": names.money(skipped.figures["threshold"]),
        "found": names.money(skipped.figures["found"]),
    }


def _set_incomplete(skipped: Skipped, names: Names) -> str:
    required, found = skipped.figures["required"], skipped.figures["found"]
    words = ngettext(
        "Product set %(set)s needs %(required)s product; the basket has %(found)s for it.",
        "Product set %(set)s needs %(required)s products; the basket has %(found)s for it.",
        required,
    )
    return words % {
        "set": names.set((skipped.origin, skipped.id), skipped.figures["set"]),
        "required": number(required),
        "found": number(found),
    }


def _budget(skipped: Skipped, names: Names) -> str:
    return _("It would take %(needed)s, but only %(left)s of its budget is left.") % {
        "needed": names.money(skipped.figures["needed"]),
        "left": names.money(skipped.figures["left"]),
    }


def _nothing_to_save(skipped: Skipped, names: Names) -> str:
    return _("Nothing to save: its products in the basket would cost no less.")


def _alone(skipped: Skipped, names: Names) -> str:
    return _("%(offer)s stands alone: nothing else applies beside it.") % {
        "offer": names.offer(skipped.figures["offer"])
    }


def _others_save_more(skipped: Skipped, names: Names) -> str:
    return _("It stands alone and would save %(saving)s; the other offers save %(others)s.") % {
        "saving": names.money(skipped.figures["saving"]),
        "others": names.money(skipped.figures["others"]),
    }


def _outdone(skipped: Skipped, names: Names) -> str:
    offers = [names.offer(key) for key in skipped.figures["offers"]]
    words = ngettext(
        "%(offers)s has its products, and so the customer pays least.",
        "%(offers)s have its products, and so the customer pays least.",
        len(offers),
    )
    return words % {"offers": joined(offers, _(" and "))}


WORDS: Mapping[Reason, Callable[[Skipped, Names], str]] = {
    Reason.NOT_YET: _not_yet,
    Reason.OVER: _over,
    Reason.NOT_HERE: _not_here,
    Reason.CURRENCY: _currency,
    Reason.NOT_FOR_YOU: _not_for_you,
    Reason.NOT_ACCEPTED: _not_accepted,
    Reason.CONDITION: _condition,
    Reason.LIMIT: _limit,
    Reason.NO_PRODUCTS: _no_products,
    Reason.NO_CHOICE: _no_choice,
    Reason.BELOW_THRESHOLD: _below_threshold,
    Reason.SET_INCOMPLETE: _set_incomplete,
    Reason.BUDGET: _budget,
    Reason.NOTHING_TO_SAVE: _nothing_to_save,
    Reason.ALONE: _alone,
    Reason.OTHERS_SAVE_MORE: _others_save_more,
    Reason.OUTDONE: _outdone,
}
