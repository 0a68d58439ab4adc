"""What a basket, a moment or a customer lacks for the conditions of an offer, in a sentence."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from promotions.engine import Rule, Skipped, Times
from promotions.engine.conditions import is_within
from promotions.pricing.wording import Names, joined, number
from promotions.wording.times import clock, times_in_words

Figures = Mapping[str, Any]


def unmet(skipped: Skipped, names: Names) -> str:
    """All conditions that failed; where one of them would do, joined by "or"."""
    rule = names.rules.get((skipped.origin, skipped.id))
    phrases = [WORDS[each["condition"]](each, rule, names) for each in skipped.figures["failed"]]
    last = _(" or ") if rule and rule.any_condition else _(" and ")
    return _("Needs %(conditions)s.") % {"conditions": joined(dict.fromkeys(phrases), last)}


def _order_amount(failed: Figures, rule: Rule | None, names: Names) -> str:
    minimum, found = failed["minimum"], failed["found"]
    shown = {"found": names.money(found)}
    if found < minimum:
        return _(
            "an order amount of %(minimum)s (the basket has %(found)s, %(missing)s are missing)"
        ) % {**shown, "minimum": names.money(minimum), "missing": names.money(minimum - found)}
    return _("an order amount of %(maximum)s at most (the basket has %(found)s)") % {
        **shown,
        "maximum": names.money(failed["maximum"]),
    }


def _products(failed: Figures, rule: Rule | None, names: Names) -> str:
    words = ngettext(
        "%(quantity)s unit of its products (the basket has %(found)s)",
        "%(quantity)s units of its products (the basket has %(found)s)",
        int(failed["quantity"]),
    )
    return words % {"quantity": number(failed["quantity"]), "found": number(failed["found"])}


def _times(failed: Figures, rule: Rule | None, names: Names) -> str:
    at = failed["at"].astimezone(names.zone)
    now = {"day": WEEKDAYS[at.weekday()], "time": clock(at.time())}
    asked = [each for each in (rule.conditions if rule else ()) if isinstance(each, Times)]
    when = [
        times_in_words(each.days, each.begin, each.end) for each in asked if not is_within(each, at)
    ]
    if not when:
        return _("another time (it is %(day)s, %(time)s)") % now
    return _("another time: %(when)s (it is %(day)s, %(time)s)") % {
        **now,
        "when": joined(when, _(" and ")),
    }


def _points_of_sale(failed: Figures, rule: Rule | None, names: Names) -> str:
    return _("another point of sale")


def _groups(failed: Figures, rule: Rule | None, names: Names) -> str:
    return _("a customer of certain groups")


def _audiences(failed: Figures, rule: Rule | None, names: Names) -> str:
    return _("a customer of certain audiences")


WORDS: Mapping[str, Callable[[Figures, Rule | None, Names], str]] = {
    "order_amount": _order_amount,
    "products": _products,
    "times": _times,
    "points_of_sale": _points_of_sale,
    "in_groups": _groups,
    "in_audiences": _audiences,
}
