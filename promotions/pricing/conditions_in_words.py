"""What a basket, a moment or a customer lacks for the conditions of an offer, in a sentence."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from promotions.pricing.wording import Names, days_in_words, hours_in_words, joined, number

Figures = Mapping[str, Any]


def unmet(figures: Figures, names: Names) -> str:
    """All conditions that failed; where one of them would do, joined by "or"."""
    phrases = [WORDS[failed["condition"]](failed, names) for failed in figures["failed"]]
    last = _(" or ") if figures.get("any") else _(" and ")
    return _("Needs %(conditions)s.") % {"conditions": joined(phrases, last)}


def _order_amount(failed: Figures, names: Names) -> str:
    minimum, maximum, found = failed["minimum"], failed.get("maximum"), failed["found"]
    shown = {"found": names.money(found)}
    if found < minimum:
        return _(
            "an order amount of %(minimum)s (the basket has %(found)s, %(missing)s are missing)"
        ) % {**shown, "minimum": names.money(minimum), "missing": names.money(minimum - found)}
    return _("an order amount of %(maximum)s at most (the basket has %(found)s)") % {
        **shown,
        "maximum": names.money(maximum),
    }


def _products(failed: Figures, names: Names) -> str:
    words = ngettext(
        "%(quantity)s unit of its products (the basket has %(found)s)",
        "%(quantity)s units of its products (the basket has %(found)s)",
        int(failed["quantity"]),
    )
    return words % {"quantity": number(failed["quantity"]), "found": number(failed["found"])}


def _times(failed: Figures, names: Names) -> str:
    at = failed["at"].astimezone(names.zone)
    when = " ".join(
        filter(
            None, [days_in_words(failed["days"]), hours_in_words(failed["begin"], failed["end"])]
        )
    )
    return _("another time: %(when)s (it is %(day)s, %(time)s)") % {
        "when": when,
        "day": WEEKDAYS[at.weekday()],
        "time": f"{at:%H:%M}",
    }


def _points_of_sale(failed: Figures, names: Names) -> str:
    return _("another point of sale")


def _groups(failed: Figures, names: Names) -> str:
    return _("a customer of certain groups")


def _audiences(failed: Figures, names: Names) -> str:
    return _("a customer of certain audiences")


WORDS: Mapping[str, Callable[[Figures, Names], str]] = {
    "order_amount": _order_amount,
    "products": _products,
    "times": _times,
    "points_of_sale": _points_of_sale,
    "groups": _groups,
    "audiences": _audiences,
}
