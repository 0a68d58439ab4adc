"""What the sentences about a quote are made of: names, money, quantities, moments, in words."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from promotions.engine import Rule
from promotions.prices import decimals

NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Names:
    """Of what a quote speaks of by number, with the currency and the zone it was asked in."""

    currency: str = "EUR"
    digits: int = 2
    """Decimals of the currency."""
    zone: dt.tzinfo = dt.UTC
    offers: Mapping[tuple[str, int], str] = field(default_factory=dict)
    """By `Rule.key`."""
    sets: Mapping[tuple[str, int], Sequence[str]] = field(default_factory=dict)
    """By `Rule.key`, the names of its product sets in their order."""
    promotions: Mapping[int, str] = field(default_factory=dict)
    """Personalized promotions by id."""
    rules: Mapping[tuple[str, int], Rule] = field(default_factory=dict)
    """By `Rule.key`, for what figures leave out: when it would hold, and whether one of its
    conditions is enough."""

    def money(self, amount: Decimal) -> str:
        """With the decimals that the currency has, or more if there are more."""
        places = max(self.digits, decimals(amount))
        return f"{number_format(amount, places, force_grouping=True)}{NO_BREAK}{self.currency}"

    def moment(self, moment: dt.datetime) -> str:
        """As clocks at the point of sale show it; seconds only where there are some."""
        local = moment.astimezone(self.zone)
        shown = local.strftime("%Y-%m-%d %H:%M:%S" if local.second else "%Y-%m-%d %H:%M")
        return f"{shown} ({self.zone})"

    def offer(self, key: Sequence) -> str:
        """In quotation marks; an offer that has no name here is called by its number."""
        origin, id_ = key
        return quoted(self.offers.get((origin, id_), f"#{id_}"))

    def set(self, key: tuple[str, int], place: int) -> str:
        names = self.sets.get(key, ())
        return quoted(names[place]) if place < len(names) else str(place + 1)

    def promotion(self, id_: int) -> str:
        return quoted(self.promotions.get(id_, f"#{id_}"))


def quoted(name: str) -> str:
    return _("“%(name)s”") % {"name": name}


def number(value: Decimal | int) -> str:
    """Without zeros at its end: 2, 0.345, 1,000."""
    return number_format(value, decimals(Decimal(value)), force_grouping=True)


def joined(parts: Iterable[str], last: str) -> str:
    """With commas, and `last` such as " and " before the last one."""
    *first, end = parts
    return f"{', '.join(first)}{last}{end}" if first else end
