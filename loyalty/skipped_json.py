"""Why offers of a quote did not apply, as texts of the API's answer.

Of hundreds of offers that did not apply, most say the same to everybody who asks there: their
texts are kept with the book of offers.
"""

import datetime as dt
import json
from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from promotions.engine import Applied, Reason, Skipped
from promotions.pricing.explanations import in_words
from promotions.pricing.quoting import Priced
from promotions.pricing.relevance import is_everybodys, is_told

KEPT = 50_000
"""Texts of skipped offers, of some 200 bytes."""
PLACES_KEPT = 256
"""Points of sale times days that differ in their common texts, of which these are kept."""
Common = dict[int, tuple[tuple[Skipped | None, ...], list[str]]]
ForAll = dict[int, tuple[Skipped, str]]
REPEATED = frozenset(
    {
        Reason.NO_PRODUCTS,
        *(Reason.NOT_YET, Reason.NOT_HERE, Reason.CURRENCY, Reason.LIMIT, Reason.NOT_ACCEPTED),
        *(Reason.NO_CHOICE, Reason.SET_INCOMPLETE, Reason.NOTHING_TO_SAVE, Reason.ALONE),
        Reason.OUTDONE,
    }
)
"""Reasons whose figures come again in other baskets, as who outdid whom does; the amounts of the
others are those of one basket."""
OF_ANY_RULE = frozenset({"order_amount", "products"})
"""Conditions that sentences put the same way whichever rule asks."""


def offer_of(of: Applied | Skipped, priced: Priced) -> dict[str, Any]:
    return {"kind": of.origin, "id": of.id, "name": priced.book.names[of.origin, of.id]}


class Drawing:
    """The texts of one answer's skipped offers."""

    def __init__(self, priced: Priced) -> None:
        self.priced = priced
        self.names = priced.names
        # Sentences depend on the language, and some on the place's zone and currency.
        language, place, drawn = get_language(), priced.point_of_sale, priced.book.drawn
        here = (language, place.time_zone, place.currency)
        # Kept twice only where it makes a difference.
        self.is_member = priced.shopper.is_known and bool(priced.book.members)
        self.common: Common = drawn.setdefault(("common", self.is_member, *here), {})
        self.for_all: ForAll = drawn.setdefault(("for all", self.is_member, *here), {})
        self.kept: dict[Hashable, str] = drawn.setdefault(here, {})
        self.sentences: dict[Hashable, str] = {}

    def all(self) -> Iterator[str]:
        """What everybody is told there that day is kept as text; the shopper's own comes in."""
        explained = self.priced.quote.explained
        texts = self.of_common(explained.common).copy()
        for place, skipped in explained.own.items():
            texts[place] = self.text(skipped) if skipped and is_told(skipped, self.priced) else ""
        texts += [self.text(each) for each in explained.personal if is_told(each, self.priced)]
        return filter(None, texts)

    def of_common(self, common: tuple[Skipped | None, ...]) -> list[str]:
        """By the rules' places; empty of what is told to some or nobody."""
        known = self.common.get(id(common))
        if known is None:
            if len(self.common) >= PLACES_KEPT:
                self.common.clear()
            texts = [self.told_to_all(each) if each else "" for each in common]
            # With what they are of: while it is kept here, its identity is no other's.
            known = self.common[id(common)] = (common, texts)
        return known[1]

    def told_to_all(self, skipped: Skipped) -> str:
        """Places that differ in a few offers say of the others the very same."""
        known = self.for_all.get(id(skipped))
        if known is None:
            is_everybody = is_everybodys(skipped, self.priced.book, is_known=self.is_member)
            is_told = skipped.reason is not Reason.OVER and is_everybody
            if len(self.for_all) >= KEPT:
                self.for_all.clear()
            text = self.text(skipped) if is_told else ""
            known = self.for_all[id(skipped)] = (skipped, text)
        return known[1]

    def text(self, skipped: Skipped) -> str:
        if skipped.reason in REPEATED:
            key = (skipped.origin, skipped.id, skipped.reason, *skipped.figures.values())
        elif (minute := _minute(skipped)) is not None:
            key = (skipped.origin, skipped.id, minute)
        else:
            return self.draw(skipped)
        text = self.kept.get(key)
        if text is None:
            if len(self.kept) >= KEPT:
                self.kept.clear()
            text = self.kept[key] = self.draw(skipped)
        return text

    def draw(self, skipped: Skipped) -> str:
        return encode(
            {
                "offer": offer_of(skipped, self.priced),
                "reason": skipped.reason.value,
                "detail": self.sentence(skipped),
                "figures": _figures(skipped),
            }
        )

    def sentence(self, skipped: Skipped) -> str:
        failed = skipped.figures.get("failed", ())
        if len(failed) != 1 or failed[0]["condition"] not in OF_ANY_RULE:
            return in_words(skipped, self.names)
        key = tuple(failed[0].values())
        text = self.sentences.get(key)
        if text is None:
            text = self.sentences[key] = in_words(skipped, self.names)
        return text


def _minute(skipped: Skipped) -> int | None:
    """Of an offer that lacks nothing but the right time, the minute that its sentence names."""
    failed = skipped.figures.get("failed", ())
    if len(failed) != 1 or failed[0]["condition"] != "times":
        return None
    return int(failed[0]["at"].timestamp()) // 60


def _figures(skipped: Skipped) -> Mapping[str, Any]:
    """Without the seconds of the time that it is: the text is kept for a minute."""
    failed = skipped.figures.get("failed")
    if failed is None:
        return skipped.figures
    return {
        "failed": [
            {**each, "at": each["at"].replace(second=0, microsecond=0)} if "at" in each else each
            for each in failed
        ]
    }


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return format(value, "f")
        case dt.date() | dt.time():
            return value.isoformat()
        case _:
            return list(value)


encode = json.JSONEncoder(default=_plain).encode
